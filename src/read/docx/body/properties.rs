//! What the properties of paragraphs, runs, content controls, tables, rows and cells say.

use super::{Body, Cell};
use crate::read::Revisions;
use crate::read::xml::{Open, Piece, Xml};

impl Body<'_, '_> {
    pub(super) fn paragraph_properties(&mut self, xml: &mut Xml<'_>) {
        let accepted = self.revisions == Revisions::Accepted;
        let mut depth = 1;
        while let Some((piece, _)) = xml.next() {
            match piece {
                Piece::Open(tag) => {
                    depth += 1;
                    match tag.name() {
                        "w:pStyle" => self.paragraph.style = tag.get("w:val"),
                        "w:numId" => self.paragraph.numbering = tag.number("w:val"),
                        "w:ilvl" => self.paragraph.level = tag.number("w:val"),
                        "w:outlineLvl" => self.paragraph.outline = tag.number("w:val"),
                        "w:del" | "w:moveFrom" => self.paragraph.joined |= accepted,
                        "w:ins" | "w:moveTo" => self.paragraph.joined |= !accepted,
                        // How it was before its formatting was changed; where the section ends.
                        "w:pPrChange" | "w:sectPr" => {
                            xml.skip();
                            depth -= 1;
                        }
                        _ => {}
                    }
                }
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                Piece::Words(_) => {}
            }
        }
    }

    pub(super) fn run_properties(&mut self, xml: &mut Xml<'_>, start: usize) {
        let mut depth = 1;
        while let Some((piece, range)) = xml.next() {
            match piece {
                Piece::Open(tag) => {
                    depth += 1;
                    if tag.name() == "w:rPrChange" {
                        xml.skip();
                        depth -= 1;
                    } else if let Some(run) = &mut self.run {
                        match tag.name() {
                            "w:b" => run.strong = tag.is_on(),
                            "w:i" => run.emphasis = tag.is_on(),
                            "w:strike" | "w:dstrike" => run.struck |= tag.is_on(),
                            "w:vanish" => run.hidden = tag.is_on(),
                            "w:vertAlign" => run.raised = tag.get("w:val").as_deref() == Some("superscript"),
                            "w:rStyle" => {
                                let style = self.styles.get(tag.get("w:val").as_deref());
                                run.strong |= style.bold;
                                run.emphasis |= style.italic;
                                run.hidden |= style.hidden;
                            }
                            _ => {}
                        }
                    }
                }
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        let run = self.run.as_ref().and_then(|run| self.trace.runs.get_mut(run.index as usize));
                        if let Some(run) = run {
                            run.properties = Some(start as u32..range.end as u32);
                        }
                        return;
                    }
                }
                Piece::Words(_) => {}
            }
        }
    }

    pub(super) fn control_properties(&mut self, xml: &mut Xml<'_>) {
        self.each(xml, |body, tag| {
            if tag.name() == "w:docPartGallery"
                && tag.get("w:val").is_some_and(|v| v.eq_ignore_ascii_case("table of contents"))
                && let Some(control) = body.controls.last_mut()
            {
                *control = true;
            }
        });
    }

    pub(super) fn table_properties(&mut self, xml: &mut Xml<'_>) {
        self.each(xml, |body, tag| {
            if tag.name() == "w:tblLook"
                && let Some(table) = body.tables.last_mut()
            {
                let bits = tag.get("w:val").and_then(|v| u32::from_str_radix(&v, 16).ok()).unwrap_or(0);
                let first = tag.get("w:firstRow").map_or(bits & 0x20 != 0, |v| v == "1" || v == "true");
                table.first_row_is_head = first;
            }
        });
    }

    pub(super) fn row_properties(&mut self, xml: &mut Xml<'_>) {
        let accepted = self.revisions == Revisions::Accepted;
        let (mut head, mut before, mut dropped) = (false, 0, false);
        self.each(xml, |_, tag| match tag.name() {
            "w:tblHeader" => head = tag.is_on(),
            "w:gridBefore" => before = tag.number("w:val").unwrap_or(0),
            "w:del" => dropped |= accepted,
            "w:ins" => dropped |= !accepted,
            _ => {}
        });
        let Some(table) = self.tables.last_mut() else { return };
        table.row_is_head = head;
        if dropped {
            xml.skip();
            if !table.layout {
                table.cell = Cell::None;
                self.render.build.drop_row();
            }
        } else if before > 0 && !table.layout {
            self.render.build.open_cell(1, before);
            self.render.build.close_cell();
        }
    }

    pub(super) fn cell_properties(&mut self, xml: &mut Xml<'_>) {
        let (mut columns, mut below) = (1, false);
        self.each(xml, |_, tag| match tag.name() {
            "w:gridSpan" => columns = tag.number("w:val").unwrap_or(1),
            "w:vMerge" => below = tag.get("w:val").as_deref() != Some("restart"),
            _ => {}
        });
        self.begin_cell(columns.clamp(1, 200), below);
    }

    /// Shows every start tag up to the end of the element whose start tag was read last.
    fn each(&mut self, xml: &mut Xml<'_>, mut show: impl FnMut(&mut Self, &Open<'_>)) {
        let mut depth = 1;
        while let Some((piece, _)) = xml.next() {
            match piece {
                Piece::Open(tag) => {
                    depth += 1;
                    show(self, &tag);
                }
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                Piece::Words(_) => {}
            }
        }
    }
}
