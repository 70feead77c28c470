//! The window: find, click, type, read.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::Driver;
use super::platform::Platform;
use super::setting;

const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/node_modules/axe-core/axe.min.js");
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct App {
    client: Client,
    driver: Arc<Mutex<Option<Driver>>>,
    folder: Arc<TempDir>,
}

impl App {
    /// On a data folder that does not exist yet.
    pub async fn launch() -> Self {
        Self::launch_in(Arc::new(tempfile::tempdir().expect("a temporary folder"))).await
    }

    /// On the data folder of an earlier window.
    pub async fn launch_in(folder: Arc<TempDir>) -> Self {
        let home = folder.path().join("home");
        std::fs::create_dir_all(&home).expect("a home folder");
        // PostgreSQL runs as another user when the tests run as root, and has to get in.
        make_traversable(&folder);
        let driver = Driver::start(&data_dir(&folder), &home);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities())
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .expect("the window opens");
        Self { client, driver: Arc::new(Mutex::new(Some(driver))), folder }
    }

    pub fn data_dir(&self) -> PathBuf {
        data_dir(&self.folder)
    }

    /// A folder for files that a test imports.
    pub fn scratch(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The platform behind the window, seen from outside of it.
    pub fn platform(&self) -> Platform {
        Platform::new(self.data_dir())
    }

    pub fn window_pid(&self) -> u32 {
        let driver = self.driver.lock().expect("no panic while it was held");
        driver.as_ref().and_then(Driver::window_pid).expect("the window runs")
    }

    pub async fn find(&self, testid: &str) -> Element {
        self.css(&format!("[data-testid=\"{testid}\"]")).await
    }

    pub async fn css(&self, selector: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector} is not in the window: {error}"))
    }

    /// Clicks as soon as the element can be clicked; whatever is still moving over it is waited for.
    pub async fn click(&self, testid: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let element = self.find(testid).await;
            match element.click().await {
                Ok(()) => return,
                Err(error) => {
                    assert!(tokio::time::Instant::now() < deadline, "{testid} cannot be clicked: {error}");
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Replaces what stands in the field of that name.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.css(&format!("[name=\"{name}\"]")).await;
        replace(&field, text).await;
    }

    /// Replaces what stands in the field with that test id.
    pub async fn fill_in(&self, testid: &str, text: &str) {
        let field = self.find(testid).await;
        replace(&field, text).await;
    }

    pub async fn value_of(&self, name: &str) -> String {
        let field = self.css(&format!("[name=\"{name}\"]")).await;
        field.prop("value").await.expect("a property").unwrap_or_default()
    }

    pub async fn text(&self, testid: &str) -> String {
        text_of(&self.find(testid).await).await.unwrap_or_default()
    }

    /// Waits until the element's text holds all of these.
    pub async fn wait_for_text(&self, testid: &str, parts: &[&str]) -> String {
        self.wait_until(testid, |text| parts.iter().all(|part| text.contains(part)), &format!("{parts:?}"))
            .await
    }

    async fn wait_until(&self, testid: &str, wanted: impl Fn(&str) -> bool, what: &str) -> String {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            // The element may be replaced while it is being read.
            let text = text_of(&self.find(testid).await).await.unwrap_or_default();
            if wanted(&text) {
                return text;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "{testid} never showed {what}; it shows:\n{text}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fills the platform with the example.
    pub async fn load_example(&self) {
        self.click("start-example").await;
        self.find("tenant-row-cedar_clinics").await;
    }

    /// To a place in the window, by its route.
    pub async fn go(&self, place: &str) {
        self.evaluate(&format!("location.hash = '{place}'")).await;
    }

    /// The result of a JavaScript function body in the page.
    pub async fn evaluate(&self, script: &str) -> Value {
        let answer = self.client.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("this script does not run: {error}\n{script}"))
    }

    /// Puts a text of several lines into a field at once, as pasting does. Line breaks are written as `\\n`.
    pub async fn paste(&self, testid: &str, text: &str) {
        self.find(testid).await;
        self.evaluate(&format!(
            "const field = document.querySelector('[data-testid={testid}]');
             const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
             Object.getOwnPropertyDescriptor(prototype, 'value').set.call(field, '{text}');
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ))
        .await;
    }

    /// Drags something with the mouse onto something else. The mouse is the screen's own: the driver's begins a drag and
    /// never ends it.
    pub async fn drag(&self, from: &str, to: &str) {
        let (from, to) = (self.place(from).await, self.place(to).await);
        let between = (i64::midpoint(from.0, to.0), i64::midpoint(from.1, to.1));
        let near = (from.0 + 8, from.1 + 8);
        let mut script = vec![format!("mousemove {} {}", from.0, from.1), "mousedown 1".to_owned()];
        // A drag begins with a few steps, as a hand makes them.
        for (x, y) in [near, between, (to.0 - 4, to.1), to] {
            script.push(format!("mousemove {x} {y}"));
            script.push("sleep 0.15".to_owned());
        }
        script.push("mouseup 1".to_owned());
        mouse(&script);
    }

    /// Clicks with the screen's own mouse until something is there: the first click after a drag may go to the drag's end.
    pub async fn click_with_mouse(&self, testid: &str, wanted: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        let there = format!("return document.querySelector('[data-testid=\"{wanted}\"]') !== null");
        while self.evaluate(&there).await != Value::Bool(true) {
            assert!(tokio::time::Instant::now() < deadline, "{testid} never led to {wanted}");
            let (x, y) = self.place(testid).await;
            mouse(&[format!("mousemove {x} {y}"), "sleep 0.1".to_owned(), "click 1".to_owned()]);
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// The middle of an element, on the screen.
    async fn place(&self, testid: &str) -> (i64, i64) {
        self.find(testid).await;
        let script = format!(
            "const {{ left, top, width, height }} = document.querySelector('[data-testid=\"{testid}\"]').getBoundingClientRect();
             return [screenX + left + width / 2, screenY + top + height / 2].map(Math.round)"
        );
        let place = self.evaluate(&script).await;
        let number = |at: usize| place[at].as_i64().unwrap_or_else(|| panic!("{testid} is at {place}"));
        (number(0), number(1))
    }

    /// Takes up what a handle drags, and drops it at the first place where it can be.
    pub async fn drag_with_keys(&self, handle: &str) {
        self.css(handle).await;
        self.evaluate(&format!("document.querySelector(\"{handle}\").focus()")).await;
        self.press(Key::Enter).await;
        self.css("[data-drop-target]").await;
        self.press(Key::Enter).await;
    }

    /// Loads the page anew, and waits until it is another one.
    pub async fn reload(&self) {
        self.evaluate("window.isOld = true; location.reload()").await;
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.evaluate("return window.isOld === undefined").await != Value::Bool(true) {
            assert!(tokio::time::Instant::now() < deadline, "the page is never another one");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn press(&self, key: Key) {
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: key.into() })
            .then(KeyAction::Up { value: key.into() });
        self.client.perform_actions(keys).await.expect("the keys are pressed");
    }

    /// What axe finds wrong with the page for people who use it otherwise than most.
    pub async fn axe(&self) -> Vec<Value> {
        let axe = std::fs::read_to_string(AXE).expect("axe is installed with the interface's packages");
        self.evaluate(&axe).await;
        let tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";
        let found = self
            .evaluate(&format!(
                "return axe.run(document, {{ runOnly: {tags} }}).then(({{ violations }}) => violations.map(({{ id, nodes }}) =>
                     `${{id}}: ${{nodes.map(node => node.html.slice(0, 200)).join(' | ')}}`))"
            ))
            .await;
        found.as_array().cloned().unwrap_or_else(|| panic!("axe answered {found}"))
    }

    /// Keeps a picture of the window for people to look at.
    pub async fn keep_picture(&self, name: &str) {
        let Ok(folder) = std::env::var("TENANTRY_SCREENSHOTS") else { return };
        // What is in the document may not have been painted yet.
        self.evaluate(
            "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))",
        )
        .await;
        if let Ok(picture) = self.client.screenshot().await {
            let path = PathBuf::from(folder).join(format!("{name}.png"));
            if let Err(error) = std::fs::write(&path, picture) {
                eprintln!("{} could not be written: {error}", path.display());
            }
        }
    }

    pub async fn close(self) {
        // A window that a test has killed cannot be closed once more.
        let _ = self.client.close().await;
        drop(self.driver.lock().map(|mut driver| driver.take()));
    }
}

/// What the screen's own mouse does, in the words of xdotool.
fn mouse(script: &[String]) {
    let words = script.iter().flat_map(|line| line.split(' '));
    let moved = std::process::Command::new("xdotool").args(words).status().expect("xdotool is installed");
    assert!(moved.success(), "the mouse moves");
}

/// All text inside, also where a narrow column cuts it off.
async fn text_of(element: &Element) -> Option<String> {
    element.prop("textContent").await.ok().flatten()
}

async fn replace(field: &Element, text: &str) {
    field.click().await.expect("the field can be clicked");
    let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
    field.send_keys(&select_all).await.expect("the text is selected");
    field.send_keys(&format!("{}", char::from(Key::Backspace))).await.expect("the text is removed");
    field.send_keys(text).await.expect("the text is typed");
}

fn capabilities() -> serde_json::Map<String, Value> {
    let options =
        json!({ "webkitgtk:browserOptions": { "binary": setting("TENANTRY_DESKTOP_BIN"), "args": [] } });
    options.as_object().cloned().unwrap_or_default()
}

fn data_dir(folder: &TempDir) -> PathBuf {
    folder.path().join("data")
}

fn make_traversable(folder: &TempDir) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), permissions).expect("the folder is ours");
}
