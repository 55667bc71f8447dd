//! Word files for tests: a body of XML, and the parts around it.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A Word file in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docx {
    body: String,
    numbering: String,
    styles: String,
    footnotes: String,
}

const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

impl Docx {
    /// A file with this body, in WordprocessingML.
    pub(crate) fn new(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    /// With lists of three levels, `1.`, `1.1` and `(a)`, as numbers 1 and 2; the second begins anew. Number 3 is of bullets.
    pub(crate) fn numbered(self) -> Self {
        let level = |at: usize, format: &str, text: &str| {
            format!(
                "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
            )
        };
        let levels =
            [level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "(%3)")];
        let numbering = format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/></w:num>",
            levels.concat(),
            level(0, "bullet", "•"),
        );
        Self { numbering, ..self }
    }

    pub(crate) fn styles(self, styles: &str) -> Self {
        Self { styles: styles.to_owned(), ..self }
    }

    pub(crate) fn footnotes(self, footnotes: &str) -> Self {
        Self { footnotes: footnotes.to_owned(), ..self }
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let relation = |at: usize, kind: &str, target: &str| {
            format!(
                "<Relationship Id=\"r{at}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
            )
        };
        let relations = |all: &[String]| {
            let space = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
            format!("<Relationships {space}>{}</Relationships>", all.concat())
        };
        let part = |root: &str, inner: &str| format!("<w:{root} {SPACE}>{inner}</w:{root}>");
        archive(&[
            ("_rels/.rels", &relations(&[relation(1, "officeDocument", "word/document.xml")])),
            (
                "word/_rels/document.xml.rels",
                &relations(&[
                    relation(1, "styles", "styles.xml"),
                    relation(2, "numbering", "/word/numbering.xml"),
                    relation(3, "footnotes", "../word/footnotes.xml"),
                ]),
            ),
            ("word/styles.xml", &part("styles", &self.styles)),
            ("word/numbering.xml", &part("numbering", &self.numbering)),
            ("word/footnotes.xml", &part("footnotes", &self.footnotes)),
            ("word/document.xml", &part("document", &format!("<w:body>{}</w:body>", self.body))),
        ])
    }
}

/// A paragraph.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

/// A paragraph at a level of a list.
pub(crate) fn item(list: u8, level: u8, text: &str) -> String {
    let number = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{number}</w:pPr>{}</w:p>", run(text))
}

/// A paragraph of a style.
pub(crate) fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text))
}

/// A table of rows of cells, each of which is a paragraph or several.
pub(crate) fn table(rows: &[&[String]]) -> String {
    let rows = rows.iter().map(|row| {
        let cells = row.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect::<String>();
        format!("<w:tr>{cells}</w:tr>")
    });
    format!("<w:tbl>{}</w:tbl>", rows.collect::<String>())
}

/// A run of text.
pub(crate) fn run(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// An archive of files.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
