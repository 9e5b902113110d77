//! Conditions: what is asked of which field.

use super::names::Kind;
use super::{Checker, all};
use crate::ast::{self, ExprKind, FieldType, Mentions, Party, Path, Share, Value};
use crate::diagnostic::Code;
use crate::model::{Expr, FieldId, GroupId, Zone, ZoneId};
use crate::moment::Moment;

impl Checker<'_> {
    /// A condition as meant; what is wrong in it is reported and left out.
    pub(super) fn condition(&mut self, file: usize, expr: &ast::Expr) -> Expr {
        match &expr.kind {
            ExprKind::And(parts) => {
                Expr::And(parts.iter().map(|one| self.condition(file, one)).collect())
            }
            ExprKind::Or(parts) => {
                Expr::Or(parts.iter().map(|one| self.condition(file, one)).collect())
            }
            ExprKind::Not(one) => Expr::Not(Box::new(self.condition(file, one))),
            ExprKind::Mentions(mentions) => self.mentions(mentions),
            ExprKind::Known(path) => self
                .field(path)
                .map_or(Expr::True, |(field, _)| Expr::Known(field)),
            ExprKind::MemberOf(path, group) => self.member_of(path, group),
            ExprKind::OneOf(path, values) => self.one_of(file, path, values),
            ExprKind::Is(path, value) => self.is(file, path, value),
            ExprKind::Has(path, value) => self.has(path, value),
            ExprKind::HasOf(path, share, values) => self.has_of(file, path, *share, values),
            ExprKind::Number(path, test, number) => self
                .typed(path, "compared with a number", &[FieldType::Number])
                .map_or(Expr::True, |field| Expr::Number(field, *test, number.value)),
            ExprKind::Date(path, test, when) => {
                let boundary = self.boundary(file, when.value);
                self.date(path)
                    .map_or(Expr::True, |field| Expr::Date(field, Some(*test), boundary))
            }
            ExprKind::Order(path, test, other) => {
                let field = self.date(path);
                let other = self.date(other);
                let fields = field.zip(other);
                fields.map_or(Expr::True, |(field, other)| {
                    Expr::Order(field, *test, other, self.zone(file))
                })
            }
            ExprKind::Past(path) => self
                .date(path)
                .map_or(Expr::True, |field| Expr::Past(field, self.zone(file))),
            ExprKind::Age(path, test, age) => self.date(path).map_or(Expr::True, |field| {
                Expr::Age(field, *test, *age, self.zone(file))
            }),
        }
    }

    /// A field that holds a date.
    pub(super) fn date(&mut self, path: &Path) -> Option<FieldId> {
        self.typed(path, "compared with a date", &[FieldType::Date])
    }

    /// The zone of a file, for conditions that hold an item's day against an instant.
    pub(super) fn zone(&mut self, file: usize) -> ZoneId {
        let clock = self.headers[file].zone.clone();
        let known = self.set.zones.iter().position(|zone| zone.clock == clock);
        let place = known.unwrap_or_else(|| {
            let name = clock.iana_name().unwrap_or("UTC").to_owned();
            self.set.zones.push(Zone { name, clock });
            self.set.zones.len() - 1
        });
        ZoneId(u32::try_from(place).unwrap_or(u32::MAX))
    }

    fn typed(&mut self, path: &Path, asked: &str, types: &[FieldType]) -> Option<FieldId> {
        let (field, kind) = self.field(path)?;
        if types.contains(&kind) {
            return Some(field);
        }
        let message = format!(
            "`{}` holds {}, so that it cannot be {asked}",
            path.value,
            described(kind)
        );
        self.report(Code::WrongType, path.span, message).help = Some(asks(&path.value, kind));
        None
    }

    fn mentions(&mut self, mentions: &Mentions) -> Expr {
        let fields = self.text_fields(&mentions.fields);
        let near = mentions.near.as_ref();
        let near = near.and_then(|(words, term)| Some((self.term_or_text(term)?, words.value)));
        let mut parts = Vec::new();
        for value in &mentions.terms {
            let Some(term) = self.term_or_text(value) else {
                continue;
            };
            parts.push(Expr::Mentions {
                term,
                fields: fields.clone(),
                near,
                dress: mentions.dress,
            });
        }
        match (parts.len(), mentions.any) {
            (0, _) => Expr::True,
            (1, _) => parts.remove(0),
            (_, true) => Expr::Or(parts),
            (_, false) => all(parts),
        }
    }

    /// Fields to look in, in their order.
    pub(super) fn text_fields(&mut self, paths: &[Path]) -> Vec<FieldId> {
        let mut fields: Vec<FieldId> = Vec::new();
        for path in paths {
            fields.extend(self.typed(path, "searched for a term", &[FieldType::Text]));
        }
        fields.sort();
        fields.dedup();
        fields
    }

    fn member_of(&mut self, path: &Path, group: &ast::Name) -> Expr {
        let Some(group_id) = self.group(group) else {
            return Expr::True;
        };
        let party = self.set.groups[group_id.at()].party;
        let (wanted, fits) = match party {
            Some(Party::Platforms) => ("platform", path.value == "platform"),
            _ => (
                "seller",
                matches!(path.value.as_str(), "seller" | "seller.name"),
            ),
        };
        if !fits {
            let message = format!(
                "`{}` gathers {wanted}s, so that `{}` cannot be its member",
                group.value, path.value
            );
            self.report(Code::WrongType, path.span, message).help =
                Some(format!("write `{wanted} is member of {}`", group.value));
        }
        Expr::Member(group_id)
    }

    pub(super) fn group(&mut self, name: &ast::Name) -> Option<GroupId> {
        self.resolve(Kind::Group, &name.value, name.span)
            .map(GroupId)
    }

    /// `is one of`: the name of a list, or the values themselves.
    fn one_of(&mut self, file: usize, path: &Path, values: &[Value]) -> Expr {
        if let [
            Value {
                text,
                quoted: false,
                span,
            },
        ] = values
        {
            let Some(_) = self.resolve(Kind::List, text, *span) else {
                return Expr::True;
            };
            if path.value == "category" {
                return self.listed_category(path, text);
            }
            let types = [FieldType::Text, FieldType::Name, FieldType::Names];
            return self
                .typed(path, "held against a list", &types)
                .map_or(Expr::True, |field| self.listed(field, text));
        }
        let parts: Vec<Expr> = values
            .iter()
            .map(|value| self.is(file, path, value))
            .collect();
        let mut merged = Vec::new();
        let mut field = None;
        for part in &parts {
            let Expr::Is(id, values) = part else {
                return Expr::Or(parts);
            };
            field = Some(*id);
            merged.extend(values.iter().cloned());
        }
        field.map_or(Expr::True, |field| Expr::Is(field, merged))
    }

    /// `has any of`, `has all of`: the name of a list, or the values themselves.
    fn has_of(&mut self, file: usize, path: &Path, share: Share, values: &[Value]) -> Expr {
        if path.value != "category" {
            let asked = "asked whether it `has` something";
            if self.typed(path, asked, &[FieldType::Names]).is_none() {
                return Expr::True;
            }
        }
        match (share, values) {
            (Share::All, [list]) if !list.quoted => self.all_listed(path, list),
            (Share::All, values) => all(values.iter().map(|one| self.has(path, one)).collect()),
            (Share::Any, values) => self.one_of(file, path, values),
        }
    }

    /// Every value that a list holds at the instant.
    fn all_listed(&mut self, path: &Path, list: &Value) -> Expr {
        if self.resolve(Kind::List, &list.text, list.span).is_none() {
            return Expr::True;
        }
        let Some(held) = self.values.get(list.text.as_str()).cloned() else {
            return Expr::True;
        };
        if held.known_until != i64::MAX {
            self.not_supported(list.span, "`has all of` a list with `known through`");
        }
        let mut parts = Vec::new();
        for value in &held.values {
            let written = Value {
                text: value.name.clone(),
                quoted: true,
                span: list.span,
            };
            let missing = Expr::Not(Box::new(self.has(path, &written)));
            let missing = self.between(value.since, value.until, missing);
            parts.push(Expr::Not(Box::new(missing)));
        }
        all(parts)
    }

    fn is(&mut self, file: usize, path: &Path, value: &Value) -> Expr {
        if path.value == "category" {
            return Expr::InCategory {
                category: self.category(&value.text),
                exactly: false,
            };
        }
        let Some((field, kind)) = self.field(path) else {
            return Expr::True;
        };
        match kind {
            FieldType::Text | FieldType::Name | FieldType::Names => {
                Expr::Is(field, vec![value.text.clone()])
            }
            FieldType::Number => match value
                .text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
            {
                Some(number) => Expr::Equals(field, number),
                None => self.wrong_value(path, value, kind),
            },
            FieldType::YesNo if matches!(value.text.as_str(), "yes" | "no") => {
                Expr::Is(field, vec![value.text.clone()])
            }
            FieldType::YesNo => self.wrong_value(path, value, kind),
            FieldType::Date => match Moment::read(&value.text) {
                Ok(moment) => Expr::Date(field, None, self.boundary(file, moment)),
                Err(_) => self.wrong_value(path, value, kind),
            },
        }
    }

    fn wrong_value(&mut self, path: &Path, value: &Value, kind: FieldType) -> Expr {
        let message = format!(
            "`{}` holds {}, but `{}` is none",
            path.value,
            described(kind),
            value.text
        );
        self.report(Code::WrongType, value.span, message).help = Some(asks(&path.value, kind));
        Expr::True
    }

    fn has(&mut self, path: &Path, value: &Value) -> Expr {
        if path.value == "category" {
            return Expr::InCategory {
                category: self.category(&value.text),
                exactly: false,
            };
        }
        self.typed(
            path,
            "asked whether it `has` something",
            &[FieldType::Names],
        )
        .map_or(Expr::True, |field| {
            Expr::Is(field, vec![value.text.clone()])
        })
    }
}

fn described(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "a text",
        FieldType::Name => "one name",
        FieldType::Names => "names",
        FieldType::Number => "a number",
        FieldType::Date => "a date",
        FieldType::YesNo => "`yes` or `no`",
    }
}

/// How a field of a type may be asked.
fn asks(path: &str, kind: FieldType) -> String {
    match kind {
        FieldType::Text => format!("ask `mentions TERM in {path}` or `{path} is \"…\"`"),
        FieldType::Name => format!("ask `{path} is NAME` or `{path} is one of LIST`"),
        FieldType::Names => {
            format!("ask `{path} has NAME`, `{path} has any of LIST` or `{path} has all of A, B`")
        }
        FieldType::Number => {
            format!("ask `{path} over 10`, `below`, `at least`, `at most` or `is`")
        }
        FieldType::Date => format!(
            "ask `{path} before 2018-04-17`, `after` or `is`, `{path} is past`, or `{path} at least 90 days ago`"
        ),
        FieldType::YesNo => format!("ask `{path} is yes` or `{path} is no`"),
    }
}
