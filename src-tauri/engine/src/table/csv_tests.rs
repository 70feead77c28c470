use proptest::prelude::*;

use super::*;

fn table(text: &str) -> Table {
    parse(text.as_bytes()).unwrap_or_else(|reason| panic!("{text:?}: {reason}"))
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().collect()).collect()
}

#[test]
fn what_spreadsheets_write_is_read_as_the_same_cells() {
    let plain = table("name,domain\nAcme,acme.example\n");
    assert_eq!(
        (plain.headers.as_slice(), plain.delimiter),
        (&["name".to_owned(), "domain".into()][..], b',')
    );
    assert_eq!(cells(&plain), [["Acme", "acme.example"]]);
    for text in [
        "name,domain\r\nAcme,acme.example\r\n",
        "name,domain\rAcme,acme.example\r",
        "name;domain\nAcme;acme.example",
        "name\tdomain\nAcme\tacme.example",
        "\u{feff}name,domain\nAcme,acme.example\n",
        "\u{feff}\"name\",\"domain\"\r\n\"Acme\",\"acme.example\"\r\n",
        " name , domain \n\n,\n  , \nAcme,acme.example\n\n\n",
        "\nname,domain\nAcme,acme.example",
    ] {
        let read = table(text);
        assert_eq!(read.headers, plain.headers, "{text:?}");
        assert_eq!(cells(&read), cells(&plain), "{text:?}");
    }
    let quoted = table("name,aliases\n\"Acme, \"\"Inc\"\"\",\"a.example\nb.example\"\n5\" disk,d.example\n");
    assert_eq!(cells(&quoted), [["Acme, \"Inc\"", "a.example\nb.example"], ["5\" disk", "d.example"]]);
}

#[test]
fn a_row_knows_its_line() {
    for break_ in ["\n", "\r\n", "\r"] {
        let text = ["name,x", "", "a,1", "\"b", "c\",2", "", "", "d,3", ""].join(break_);
        let lines: Vec<_> = table(&text).rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 4, 8], "{text:?}");
    }
}

#[test]
fn a_ragged_row_is_not_the_end() {
    let ragged = table("a,b\n1\n1,2,3\n1,2\n");
    assert_eq!(cells(&ragged), [vec!["1"], vec!["1", "2", "3"], vec!["1", "2"]]);
}

#[test]
fn what_is_no_table_is_refused_with_its_line() {
    let utf16: Vec<u8> = "\u{feff}name\nA\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, reason) in [
        (&b""[..], "is empty"),
        (b"\r\n \r\n", "is empty"),
        (b"name,domain\n", "has a header and no rows beneath it"),
        (b"name\nM\xfcnchen\n", "line 2: is not UTF-8"),
        (&utf16, "line 1: is UTF-16"),
        (&utf16[2..], "line 1: is UTF-16"),
        (b"a,b\n1,2\n3,\"4\n5,6\n", "line 3: a quotation mark is opened and never closed"),
    ] {
        let refused = parse(bytes).expect_err(reason);
        assert!(refused.starts_with(reason), "{refused}");
    }
    assert_eq!(table("a,b\n1,\"2\"\"\"\n").rows.len(), 1);
}

#[test]
fn a_large_file_or_none_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.csv");
    File::create(&path).and_then(|file| file.set_len(MAX_BYTES + 1)).expect("the file is made");
    assert!(matches!(read(&path), Err(Error::Invalid(_))));
    assert!(matches!(read(folder.path()), Err(Error::Invalid(_) | Error::File { .. })));
    assert!(matches!(read(&folder.path().join("none.csv")), Err(Error::File { .. })));
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_the_same_cells(
        delimiter in prop::sample::select(&b",;\t"[..]),
        bom: bool,
        cells in prop::collection::vec(prop::collection::vec("[a-zä \"',;|\t\r\n\u{feff}]{0,8}", 3), 1..6),
    ) {
        let with_text = cells.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let rows: Vec<_> = with_text.map(|row| Row { line: 0, cells: row.into() }).collect();
        prop_assume!(!rows.is_empty());
        let written = Table { headers: vec!["a".into(), "b".into(), "c".into()], rows, delimiter, bom };
        let mut read = parse(&print(&written)).expect("what was written is a table");
        read.rows.iter_mut().for_each(|row| row.line = 0);
        prop_assert_eq!(read, written);
    }
}
