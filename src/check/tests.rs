//! Examples and tests → items, instants and expectations.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::Checker;
use super::exceptions::Target;
use crate::ast::{
    self, ClauseKind, Expectation, FieldType, Given, Head, ItemValue, RuleRef, Statement, When,
};
use crate::diagnostic::Code;
use crate::model::{Expected, GroupId, Rule, RuleId, Test};
use crate::moment::Moment;
use crate::source::Span;

impl<'a> Checker<'a> {
    pub(super) fn define_tests(&mut self) {
        for (file, statement) in self.statements() {
            match &statement.head {
                Head::Rule(..) | Head::Extend(..) => {
                    let Some(rule) = self.own_rule(file, statement) else {
                        continue;
                    };
                    let row = &self.set.rules[self.places[rule.at()].start];
                    let (id, start) = (row.id.clone(), self.set.binds_from(&row.life));
                    self.examples(file, statement, rule, &id, start);
                }
                Head::Exception(name, _) => {
                    let id = format!("{}/{}", self.headers[file].name, name.value);
                    let exception = self.exception_ids.get(&id).map(|(exception, _)| exception);
                    let exception = exception.copied();
                    let roots = exception.map(|one| self.roots(one)).unwrap_or_default();
                    let Some(&(root, _)) = roots.first() else {
                        continue;
                    };
                    let row = &self.set.rules[self.places[root.at()].start];
                    let start = self.set.binds_from(&row.life);
                    self.examples(file, statement, root, &id, start);
                }
                Head::Amend(of) => {
                    let target = self.target(file, of);
                    let rule = match target {
                        Some(Target::Rule(rule)) => Some(rule),
                        Some(Target::Exception(of)) => {
                            self.roots(of).first().map(|(root, _)| *root)
                        }
                        None => None,
                    };
                    let Some(rule) = rule else { continue };
                    let life = self.life(file, statement, true);
                    let row = self.stretch_at(rule, life.certain);
                    let start = self.set.binds_from(&row.life).max(life.certain);
                    let (policy, of) = (&self.headers[file].name, &of.value);
                    let id = format!("{policy}/amend {of} effective {}", life.effective);
                    self.examples(file, statement, rule, &id, start);
                }
                Head::Test(name) => self.test(file, &name.value, statement),
                _ => {}
            }
        }
    }

    /// The examples of a statement about a rule, which is judged from `start` on.
    fn examples(
        &mut self,
        file: usize,
        statement: &'a Statement,
        rule: RuleId,
        id: &str,
        start: i64,
    ) {
        let examples = statement
            .clauses
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Example(example) => Some((clause.span, example)),
                _ => None,
            });
        let zone = self.headers[file].zone.clone();
        for ((span, example), number) in examples.zip(1..) {
            let name = format!("{id} example {number}");
            let at = example.at.map_or(start, |at| at.value.start(&zone));
            if at == i64::MAX {
                let message =
                    "nobody knows yet when this starts, so that the example needs an instant";
                self.report(Code::MissingClause, span, message).help =
                    Some("say when it is judged: `at 2020-04-08`".to_owned());
                continue;
            }
            let mut item = self.item(&example.given);
            self.stand_inside(self.stretch_at(rule, at), at, &mut item);
            self.set.tests.push(Test {
                name,
                example: true,
                span,
                item: Value::Object(item),
                at,
                known_at: None,
                offset: offset(at, &zone),
                expected: Expected {
                    verdict: Some(example.verdict),
                    ..Expected::default()
                },
            });
        }
    }

    /// An example's item stands inside the rule's scope unless it says otherwise.
    fn stand_inside(&self, rule: &Rule, at: i64, item: &mut Map<String, Value>) {
        let mut fill = |path: &str, value: &str| {
            item.entry(path).or_insert_with(|| json!(value));
        };
        for (binds_outsiders, groups) in &rule.scope.groups {
            let member = groups.iter().find_map(|group| self.member_at(*group, at));
            match member {
                Some((path, member)) if !binds_outsiders => fill(&path, &member),
                _ => {}
            }
        }
        let scope = &rule.scope;
        for (path, values) in [("platform", &scope.platforms), ("channel", &scope.channels)] {
            // `listing` is what a channel is when nothing is said.
            let listing = values.iter().find(|value| *value == "listing");
            if let Some(value) = listing.or(values.first()) {
                fill(path, value);
            }
        }
        for place in &scope.places {
            let path = &self.set.fields[place.field.at()].path;
            // The name of a list is no place; what it holds is.
            let member = place
                .lists
                .iter()
                .find_map(|list| self.member_at(*list, at));
            let last = place.names.last().cloned();
            if let Some(value) = member.map(|(_, value)| value).or(last) {
                fill(path, &value);
            }
        }
        if let Some(seller) = &rule.seller {
            fill("seller.name", seller);
        }
    }

    fn member_at(&self, group: GroupId, at: i64) -> Option<(String, String)> {
        let group = &self.set.groups[group.at()];
        let mut members = group.members.iter();
        let member = members.find(|member| {
            member.since.is_none_or(|since| since <= at)
                && member.until.is_none_or(|until| at < until)
        })?;
        let path = self.set.fields[group.field.at()].path.clone();
        Some((path, member.name.clone()))
    }

    /// `given … at … expect …`, once or several times.
    fn test(&mut self, file: usize, name: &str, statement: &'a Statement) {
        let (mut given, mut at): (Option<&Given>, Option<When>) = (None, None);
        let mut known_at: Option<When> = None;
        let mut count = 0;
        for clause in &statement.clauses {
            match &clause.kind {
                ClauseKind::Given(item) => given = Some(item),
                // What was known is said of one instant.
                ClauseKind::At(when) => (at, known_at) = (Some(*when), None),
                ClauseKind::KnownAt(when) => known_at = Some(*when),
                ClauseKind::Expect(expectation) => {
                    count += 1;
                    let Some((given, when)) = given.zip(at) else {
                        let missing = if given.is_none() {
                            "given { … }"
                        } else {
                            "at 2018-04-17T12:00"
                        };
                        let message =
                            format!("this test expects something before it says `{missing}`");
                        self.report(Code::MissingClause, clause.span, message).help = Some(
                            "a test reads `given { … } at 2018-04-17T12:00 expect ban`".to_owned(),
                        );
                        continue;
                    };
                    let number = if count == 1 {
                        String::new()
                    } else {
                        format!(" {count}")
                    };
                    let name = format!("{}/{name}{number}", self.headers[file].name);
                    let instants = (when, known_at);
                    self.case(file, name, clause.span, given, instants, expectation);
                }
                _ => {}
            }
        }
        if count == 0 {
            let message = "this test expects nothing";
            self.report(Code::MissingClause, statement.head_span, message)
                .help = Some("add `expect ban`, or another verdict".to_owned());
        }
    }

    fn case(
        &mut self,
        file: usize,
        name: String,
        span: Span,
        given: &Given,
        (at, known_at): (When, Option<When>),
        expectation: &Expectation,
    ) {
        let zone = self.headers[file].zone.clone();
        let known = |refs: &[RuleRef]| {
            (!refs.is_empty()).then(|| refs.iter().map(|one| one.value.clone()).collect())
        };
        let (rules, upcoming) = (known(&expectation.rules), known(&expectation.upcoming));
        for one in expectation
            .rules
            .iter()
            .chain(&expectation.upcoming)
            .chain(&expectation.lifted)
        {
            let own = format!("{}/{}", self.headers[file].name, one.value);
            let names_otherwise = |id: &str| self.otherwise_named(id).is_some();
            if !names_otherwise(&one.value) && !names_otherwise(&own) {
                self.rule_id(file, one);
            }
        }
        let needs: Vec<String> = expectation
            .needs
            .iter()
            .map(|path| path.value.clone())
            .collect();
        let item = self.item(given);
        let seconds = at.value.start(&zone);
        self.set.tests.push(Test {
            name,
            example: false,
            span,
            item: Value::Object(item),
            at: seconds,
            known_at: known_at.map(|when| when.value.start(&zone)),
            offset: match at.value {
                Moment::Instant(_, Some(offset)) => offset,
                _ => offset(seconds, &zone),
            },
            expected: Expected {
                verdict: Some(expectation.verdict),
                rules,
                upcoming,
                needs: (!needs.is_empty()).then_some(needs),
                lifted: known(&expectation.lifted),
                withheld: expectation.withheld,
            },
        });
    }

    // -------------------------------------------------------------------------------- items

    /// An item as JSON, its paths flat.
    fn item(&mut self, given: &Given) -> Map<String, Value> {
        let mut out = Map::new();
        match given {
            Given::Title(text) => {
                out.insert("title".to_owned(), json!(text.value));
            }
            Given::Item(item) => self.item_fields(item, "", &mut out),
        }
        out
    }

    fn item_fields(&mut self, item: &ast::Item, prefix: &str, out: &mut Map<String, Value>) {
        for (path, value) in &item.fields {
            let full = format!("{prefix}{}", path.value);
            match value {
                ItemValue::Item(inner) => self.item_fields(inner, &format!("{full}."), out),
                value => {
                    let path = ast::Path {
                        value: full.clone(),
                        span: path.span,
                    };
                    let Some((_, kind)) = self.field(&path) else {
                        continue;
                    };
                    let value = self.item_value(&full, kind, value);
                    out.insert(full, value);
                }
            }
        }
    }

    fn item_value(&mut self, path: &str, kind: FieldType, value: &ItemValue) -> Value {
        let (text, span) = match value {
            ItemValue::Text(text) | ItemValue::Word(text) => (&text.value, text.span),
            ItemValue::List(values, _) if kind == FieldType::Names => {
                let values = values
                    .iter()
                    .map(|one| self.item_value(path, FieldType::Name, one));
                return Value::Array(values.collect());
            }
            ItemValue::List(_, span) => return self.wrong_item_value(path, kind, "a list", *span),
            ItemValue::Item(item) => {
                return self.wrong_item_value(path, kind, "fields in braces", item.span);
            }
        };
        match kind {
            FieldType::Number => match text.parse::<f64>().ok().filter(|number| number.is_finite())
            {
                Some(number) => json!(number),
                None => self.wrong_item_value(path, kind, &format!("`{text}`"), span),
            },
            FieldType::YesNo => match text.as_str() {
                "yes" | "true" => json!(true),
                "no" | "false" => json!(false),
                _ => self.wrong_item_value(path, kind, &format!("`{text}`"), span),
            },
            FieldType::Date if interdict_matcher::DateValue::read(text).is_none() => {
                self.wrong_item_value(path, kind, &format!("`{text}`"), span)
            }
            _ => json!(text),
        }
    }

    fn wrong_item_value(&mut self, path: &str, kind: FieldType, found: &str, span: Span) -> Value {
        let wanted = match kind {
            FieldType::Text | FieldType::Name => "text",
            FieldType::Names => "names",
            FieldType::Number => "a number",
            FieldType::Date => "a date, or an instant with its offset",
            FieldType::YesNo => "`yes` or `no`",
        };
        self.report(
            Code::WrongType,
            span,
            format!("`{path}` takes {wanted}, not {found}"),
        );
        Value::Null
    }
}

/// The zone's offset from UTC at an instant, in seconds.
fn offset(at: i64, zone: &TimeZone) -> i32 {
    let stamp = jiff::Timestamp::from_second(at);
    stamp.map_or(0, |stamp| zone.to_offset(stamp).seconds())
}
