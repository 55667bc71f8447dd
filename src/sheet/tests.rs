use std::io::{Cursor, Write};

use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn table(name: &str, bytes: &[u8]) -> Result<Spreadsheet, String> {
    read(Path::new(name), name, bytes, None).map_err(|problem| problem.diagnostic.title)
}

/// The rows as they read, with their numbers.
fn rows(name: &str, bytes: &[u8]) -> Vec<String> {
    let sheet = table(name, bytes).unwrap();
    let row = |row: &SheetRow| {
        let cells: Vec<String> = row.cells.iter().map(|(at, cell)| format!("{at}={}", cell.text())).collect();
        let fault = row.fault.as_deref().map(|fault| format!(" ({fault})")).unwrap_or_default();
        format!("{} {}{fault}", row.number, cells.join(" "))
    };
    sheet.rows.iter().map(row).collect()
}

#[test]
fn delimiters_and_encodings_are_told_apart() {
    let expected = ["2 0=Über 1=a;b"];
    for text in [
        "Name,Über\nÜber,a;b\n", "\u{feff}Name,Über\r\nÜber,\"a;b\"", "Name;Über\rÜber;\"a;b\"\r",
        "sep=;\nName;Ü\nÜber;\"a;b\"\n",
    ] {
        assert_eq!(rows("a.csv", text.as_bytes()), expected, "{text}");
    }
    assert_eq!(rows("a.csv", b"Name\tB\n\xdcber\ta;b\n"), expected);
    assert_eq!(rows("a.tsv", b"Name,B\tC\n\xdcber\ta;b\n"), expected);
    let text = "\u{feff}Name\tB\nÜber\ta;b\n";
    let (little, big): (Vec<_>, Vec<_>) =
        text.encode_utf16().map(|unit| (unit.to_le_bytes(), unit.to_be_bytes())).unzip();
    for bytes in [little.concat(), little[1..].concat(), big.concat(), big[1..].concat()] {
        assert_eq!(rows("a.csv", &bytes), expected);
    }
}

#[test]
fn a_row_has_the_number_that_a_spreadsheet_shows() {
    let text = "Name,Note\r\n\r\na,\"two\r\n\r\nlines\"\r\n,\r\n\r\n\r\nb,\n\nc,d";
    assert_eq!(rows("a.csv", text.as_bytes()), ["3 0=a 1=two\r\n\r\nlines", "7 0=b", "9 0=c 1=d"]);
    assert_eq!(rows("a.csv", b"\n\nName\na\n"), ["4 0=a"]);
}

#[test]
fn what_cannot_be_told_apart_into_cells_says_so() {
    let text = "Name,Note\na,b,c\n\"a\"x,b\n5\" pipe,\"an \"\"inner\"\" one\"\nb,\"open\nc,d\ne,f\n";
    let rows = rows("a.csv", text.as_bytes());
    assert!(
        rows[0].starts_with("2 ") && rows[0].ends_with("(its cell 3 stands below no header)"),
        "{rows:?}"
    );
    assert!(rows[1].ends_with("(a cell of it goes on after the quote that ends it)"), "{rows:?}");
    assert_eq!(rows[2], "4 0=5\" pipe 1=an \"inner\" one");
    assert!(rows[3].starts_with("5 0=b") && rows[3].contains("never closes"), "{rows:?}");
    assert_eq!(rows.len(), 4);
    let long = format!("Name\nok\n{}\nalso ok\n", "x".repeat(LONGEST_CELL + 1));
    assert_eq!(
        super::tests::rows("a.csv", long.as_bytes()),
        ["2 0=ok", "3  (a cell of it is longer than 1 MiB)", "4 0=also ok"]
    );
}

#[test]
fn too_much_is_a_plain_error() {
    let wide = vec![b','; MOST_COLUMNS + 1];
    assert_eq!(table("a.csv", &wide).unwrap_err(), "a.csv has more than 16384 columns");
    let long = "a\n".repeat(MOST_ROWS + 1);
    assert_eq!(table("a.csv", long.as_bytes()).unwrap_err(), "a.csv has more than 1048576 rows");
    assert_eq!(table("a.csv", &vec![b'a'; MOST_BYTES + 1]).unwrap_err(), "a.csv holds more than 256 MiB");
}

#[test]
fn formulas_are_guarded() {
    for text in ["=1+1", " =1", "+1", "-1", "@A1", "\tx", "\rx"] {
        let guarded = inert(text.to_owned());
        assert!(guarded.starts_with('\'') && is_guarded(&guarded), "{text}");
    }
    assert_eq!(inert("a=1".to_owned()), "a=1");
    assert!(!is_guarded("'quoted'"));
}

/// A workbook with one of each kind of cell.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plan").unwrap();
    let (day, clock) = (Format::new().set_num_format("d-mmm-yy"), Format::new().set_num_format("hh:mm"));
    for (column, header) in ["Text", "Day", "Number", "Bool", "Formula", "Clock", "Far"].iter().enumerate() {
        sheet.write(0, column as u16, *header).unwrap();
    }
    sheet.write(1, 0, "two\nlines").unwrap();
    let half = ExcelDateTime::from_ymd(2027, 9, 30).unwrap().and_hms(12, 0, 0).unwrap();
    sheet.write_with_format(1, 1, &half, &day).unwrap();
    sheet.write(1, 2, 46507).unwrap();
    sheet.write(1, 3, true).unwrap();
    sheet.write_formula(1, 4, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_with_format(1, 5, 0.5, &clock).unwrap();
    sheet.set_row_hidden(1).unwrap();
    sheet.write_formula(3, 4, Formula::new("=A9").set_result("")).unwrap();
    sheet.write(1_048_575, 16_383, "far away").unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_has_typed_cells() {
    let sheet = table("a.xlsx", &workbook()).unwrap();
    let row = &sheet.rows[0];
    assert_eq!((row.number, row.cells[&1].clone()), (2, SheetCell::Day(date(2027, 9, 30))));
    let text = |column: usize| row.cells[&column].text().into_owned();
    assert_eq!([0, 2, 3, 4, 5].map(text), ["two\nlines", "46507", "TRUE", "2", "0.5"]);
    assert_eq!(sheet.rows[2].number, 1_048_576);
}

/// A workbook of one sheet with this XML.
fn handmade(sheet: &str, workbook: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        ("_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{workbook}<sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned()),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>".to_owned()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{sheet}</sheetData></worksheet>")),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn both_epochs_are_read_and_a_formula_without_a_value_says_so() {
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Day</v></c><c r=\"B1\" t=\"str\"><v>B</v></c></row>\
        <row r=\"2\"><c r=\"A2\" s=\"1\"><v>45045</v></c><c r=\"B2\"><f>A9</f></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#REF!</v></c></row>";
    for (epoch, expected) in [
        ("", "2 0=2023-04-29 1=a formula without a value"),
        ("<workbookPr date1904=\"1\"/>", "2 0=2027-04-30 1=a formula without a value"),
    ] {
        assert_eq!(rows("a.xlsx", &handmade(sheet, epoch)), [expected, "3 0=#REF!"]);
    }
}

/// A cell that spans rows is seen beside each of them; one that spans columns belongs to the first.
#[test]
fn merged_cells_stand_in_each_of_their_rows() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (row, cells) in
        [["Team", "Name", "Target"], ["", "Oven", ""], ["", "Timer", "2027-Q1"], ["", "Crust", ""]]
            .iter()
            .enumerate()
    {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write(row as u32, column as u16, *text).unwrap();
        }
    }
    sheet.merge_range(1, 0, 3, 0, "Heat", &plain).unwrap();
    sheet.merge_range(5, 0, 100, 1, "Dough", &plain).unwrap();
    sheet.write(6, 2, "2027-Q2").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(
        rows("a.xlsx", &bytes),
        [
            "2 0=Heat 1=Oven", "3 0=Heat 1=Timer 2=2027-Q1", "4 0=Heat 1=Crust", "6 0=Dough",
            "7 0=Dough 2=2027-Q2"
        ]
    );
    // What is merged twice is filled once, and a long text is not filled in everywhere.
    let filled = |text: &str, merged: &str| {
        let row = |at: usize| format!("<row r=\"{at}\"><c r=\"C{at}\" t=\"str\"><v>c</v></c></row>");
        let more: String = (3..400).map(row).collect();
        let cells = format!("<row r=\"1\"/><row r=\"2\"><c r=\"A2\" t=\"str\"><v>{text}</v></c></row>{more}");
        let header = row(1);
        table(
            "a.xlsx",
            &handmade(
                &format!("{header}{cells}</sheetData><mergeCells>{merged}</mergeCells><sheetData>"),
                "",
            ),
        )
    };
    let one = "<mergeCell ref=\"A2:A9999\"/>";
    let sheet = filled("Heat", &one.repeat(20_000)).unwrap();
    assert!(sheet.rows.len() == 398 && sheet.rows.iter().all(|row| row.cells.contains_key(&0)));
    assert_eq!(filled(&"x".repeat(900_000), one).unwrap_err(), "a.xlsx holds more than 256 MiB");
}

#[test]
fn a_workbook_is_measured_before_it_is_read() {
    let twice = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>A</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>";
    assert_eq!(rows("a.xlsx", &handmade(twice, "")), ["2 0=1 (a cell of it is written twice)"]);
    let bomb = handmade(&" ".repeat(64 << 20), "");
    assert_eq!(table("a.xlsx", &bomb).unwrap_err(), "a.xlsx unpacks to more than a hundred times its size");
    assert!(table("a.xlsx", b"PK\x03\x04").unwrap_err().contains("no sound Excel workbook"));
    assert!(table("a.xlsx", &[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).unwrap_err().contains("encrypted"));
}

#[test]
fn of_several_sheets_one_is_named() {
    let mut workbook = Workbook::new();
    for name in ["Plan", "Notes", "Empty", "Lists"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        if name != "Empty" {
            sheet.write(0, 0, format!("Header of {name}")).unwrap();
        }
        if name == "Lists" {
            sheet.set_hidden(true);
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(table("a.xlsx", &bytes).unwrap_err(), "a.xlsx has several sheets: `Plan` and `Notes`");
    let named = |name| read(Path::new("a.xlsx"), "a.xlsx", &bytes, Some(name));
    assert_eq!(named("Lists").unwrap().header, ["Header of Lists"]);
    let problem = named("Plann").unwrap_err();
    assert_eq!(problem.diagnostic.helps[0].text, "did you mean `Plan`?");
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.csv", "a.tsv", "a.xlsx"] {
            let _ = table(name, &bytes);
        }
    }

    /// Every cell comes back as it was written, whatever it holds and whatever stands between cells.
    #[test]
    fn what_is_written_is_read(cells in prop::collection::vec(prop::collection::vec("[a-c,;\"\n\r\t x]{0,6}", 3), 1..6), at in 0..3usize) {
        let mut writer = csv::WriterBuilder::new().delimiter([b',', b';', b'\t'][at]).from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        let read = table("a.csv", &writer.into_inner().unwrap()).unwrap();
        let expected: Vec<Vec<(usize, String)>> = cells.iter().map(|row| {
            row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).map(|(at, cell)| (at, cell.clone())).collect()
        }).filter(|row: &Vec<_>| !row.is_empty()).collect();
        let found: Vec<Vec<(usize, String)>> = read.rows.iter().map(|row| {
            row.cells.iter().map(|(at, cell)| match cell {
                SheetCell::Text(text) => (*at, text.clone()),
                other => (*at, format!("{other:?}")),
            }).collect()
        }).collect();
        prop_assert_eq!(found, expected);
        prop_assert!(read.rows.iter().all(|row| row.fault.is_none()));
    }

    /// A workbook with some bytes changed is read, or refused.
    #[test]
    fn a_mutated_workbook_is_no_trouble(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>45045</v></c><c r=\"B2\"><f>A9</f></c></row>";
        // Stored, not packed, so that a change gets to the reader of the parts.
        let mut bytes = handmade(sheet, "");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = table("a.xlsx", &bytes);
    }
}
