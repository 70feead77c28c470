//! A disk without space.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tenantry_engine::embedded::EmbeddedError;

use super::fixture::{Folder, Outcome, answers, connect, run};

const MIB: u64 = 1 << 20;

/// A small disk of its own. `None`, and a word about it, where the tests may not mount one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn of(mib: u64) -> Outcome<Option<Self>> {
        let place = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={mib}m,mode=755"), "tmpfs"]).arg(place.path());
        let why = match mount.output() {
            Ok(output) if output.status.success() => return Ok(Some(Self(place))),
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        };
        println!("skipped: no disk can be mounted here: {why}");
        Ok(None)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills the disk until only so much is free.
    fn fill_up_to(&self, left: u64) -> Outcome {
        let disk = rustix::fs::statvfs(self.path())?;
        let free = disk.f_bavail * disk.f_frsize;
        let mut filler = fs::File::create(self.path().join("filler"))?;
        let zeros = std::io::repeat(0).take(free.saturating_sub(left));
        std::io::copy(&mut { zeros }, &mut filler)?;
        Ok(filler.flush()?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(self.0.path()).output());
    }
}

#[tokio::test]
async fn a_reserve_of_real_blocks_is_kept() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let reserve = fs::metadata(folder.path().join("ballast"))?;
    assert!(reserve.len() == 64 * MIB && reserve.blocks() * 512 >= 64 * MIB, "{reserve:?}");
    assert!(!server.disk_reserve_spent());
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_disk_that_is_too_small_is_refused_before_anything_is_made() -> Outcome {
    let Some(disk) = SmallDisk::of(150)? else { return Ok(()) };
    let folder = Folder::at(disk.path().join("data"));
    let refusal = folder.refusal().await?;
    let EmbeddedError::DiskFull { needed, free, .. } = refusal else {
        return Err(format!("{refusal:?}").into());
    };
    assert!(needed == 192 * MIB && free < 150 * MIB, "{needed} {free}");
    assert!(!folder.cluster().exists());
    Ok(())
}

#[tokio::test]
async fn a_server_that_died_of_a_full_disk_comes_back_on_its_reserve() -> Outcome {
    let Some(disk) = SmallDisk::of(320)? else { return Ok(()) };
    let folder = Folder::at(disk.path().join("data"));
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    run(&mut connection, "CREATE TABLE kept AS SELECT 'here'::text AS word").await?;
    // A table that writes to the log and not to the disk, until the log has no space.
    run(&mut connection, "CREATE UNLOGGED TABLE noise (n int)").await?;
    disk.fill_up_to(8 * MIB)?;
    let flood = "DO $$ BEGIN FOR n IN 1..100000 LOOP
                     PERFORM pg_logical_emit_message(false, 'noise', repeat('x', 100000)); COMMIT;
                 END LOOP; END $$";
    let died = run(&mut connection, flood).await;
    assert!(died.is_err(), "the log cannot be written");

    assert_eq!(answers(&server, "SELECT word FROM kept").await?, "here");
    assert!(folder.log().contains("PANIC"), "it really died: {}", folder.log());
    assert!(server.disk_reserve_spent(), "and the user can be told");
    assert!(!folder.path().join("ballast").exists());
    server.stop().await?;

    // With space again, the reserve is taken again.
    fs::remove_file(disk.path().join("filler"))?;
    let server = folder.start().await?;
    assert!(!server.disk_reserve_spent());
    server.stop().await?;
    Ok(())
}
