//! Clauses and items.

use pest::iterators::Pair;

use super::super::Rule;
use super::{Builder, content, has, verdict};
use crate::ast::*;
use crate::diagnostic::{Code, Diagnostic};

impl Builder<'_, '_> {
    pub(super) fn clause(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let rule = pair.as_rule();
        let first = content(pair.clone()).into_iter().next();
        Some(match rule {
            Rule::effective => ClauseKind::Effective(self.when(&first?)?),
            Rule::no_later_than => ClauseKind::NoLaterThan(self.when(&first?)?),
            Rule::sometime_in => ClauseKind::SometimeIn(self.when(&first?)?),
            Rule::announced => ClauseKind::Announced(self.when(&first?)?),
            Rule::enforced_since => ClauseKind::EnforcedSince(self.when(&first?)?),
            Rule::through => ClauseKind::Through(self.when(&first?)?),
            Rule::before => ClauseKind::Before(self.when(&first?)?),
            Rule::since_event => ClauseKind::SinceEvent(self.label(first?)?),
            Rule::lasting => ClauseKind::Lasting(self.count(&first?)?),
            Rule::until_event => ClauseKind::UntilEvent(self.label(first?)?),
            Rule::during_calendar => ClauseKind::DuringCalendar(self.label(first?)?),
            Rule::id => ClauseKind::Id(self.label(first?)?),
            Rule::on => ClauseKind::On(self.labels(first?)),
            Rule::via => ClauseKind::Via(self.labels(first?)),
            Rule::in_places => ClauseKind::In(self.labels(first?)),
            Rule::targeting => ClauseKind::Targeting(self.labels(first?)),
            Rule::originating => ClauseKind::Originating(self.labels(first?)),
            Rule::destined => ClauseKind::Destined(self.labels(first?)),
            Rule::for_members => ClauseKind::ForMembers {
                negated: has(&pair, Rule::kw_not),
                groups: self.labels(first?),
            },
            Rule::where_is => ClauseKind::Where(self.expr(first?)?),
            Rule::to_hold => ClauseKind::To(self.expr(first?)?),
            Rule::when_is => ClauseKind::When(self.expr(first?)?),
            Rule::except_category => ClauseKind::ExceptCategory(self.label(first?)?),
            Rule::except_when => ClauseKind::ExceptWhen(self.expr(first?)?),
            Rule::except_phrase => ClauseKind::ExceptPhrase(self.texts(first?)),
            Rule::such_as => ClauseKind::SuchAs(self.labels(first?)),
            Rule::namely => ClauseKind::Namely(self.labels(first?)),
            Rule::under => ClauseKind::Under(self.labels(first?)),
            Rule::layer => ClauseKind::Layer(layer(&pair)?),
            Rule::absolute => ClauseKind::Absolute,
            Rule::overrides => ClauseKind::Overrides(self.rule_ref(first?)?),
            Rule::supersedes => ClauseKind::Supersedes {
                leaves_gap: has(&pair, Rule::kw_leaves_gap),
                rule: self.rule_ref(first?)?,
            },
            Rule::appeal => ClauseKind::Appeal(self.text(first?)?),
            Rule::title => ClauseKind::Title(self.text(first?)?),
            Rule::zone => ClauseKind::Zone(self.label(first?)?),
            Rule::otherwise => {
                let first = first?;
                ClauseKind::Otherwise(self.spanned(&first, verdict(&first)?))
            }
            Rule::dated => ClauseKind::Dated(self.when(&first?)?),
            Rule::retrieved => ClauseKind::Retrieved(self.when(&first?)?),
            Rule::quote => ClauseKind::Quote(self.text(first?)?),
            Rule::fold => ClauseKind::Fold(self.labels(first?)),
            Rule::whole_words => ClauseKind::WholeWords,
            Rule::anywhere => ClauseKind::Anywhere,
            Rule::since => ClauseKind::Since(self.when(&first?)?),
            Rule::within => ClauseKind::Within(self.labels(first?)),
            Rule::not_yet => ClauseKind::NotYet,
            Rule::known_through => ClauseKind::KnownThrough(self.when(&first?)?),
            Rule::given => ClauseKind::Given(self.given(first?)?),
            Rule::known_at => ClauseKind::KnownAt(self.when(&first?)?),
            Rule::at => match first?.as_rule() {
                Rule::text => ClauseKind::AtUrl(self.text(content(pair).into_iter().next()?)?),
                _ => ClauseKind::At(self.when(&content(pair).into_iter().next()?)?),
            },
            _ => self.compound(pair)?,
        })
    }

    /// Clauses of several parts.
    fn compound(&mut self, pair: Pair<'_, Rule>) -> Option<ClauseKind> {
        let rule = pair.as_rule();
        if rule == Rule::said {
            return self.said(pair).map(ClauseKind::Said);
        }
        let mut parts = content(pair).into_iter();
        Some(match rule {
            Rule::comply => {
                let (path, before) = (self.path(&parts.next()?), self.when(&parts.next()?)?);
                let through = parts.next()?;
                let through = match through.as_rule() {
                    Rule::path => Through::Path(self.path(&through)),
                    _ => Through::Date(self.when(&through)?),
                };
                ClauseKind::Comply(Transition {
                    path,
                    before,
                    through,
                })
            }
            Rule::sometime_between => {
                let (from, through) = (self.when(&parts.next()?)?, self.when(&parts.next()?)?);
                ClauseKind::SometimeBetween(from, through)
            }
            Rule::from => {
                let source = self.label(parts.next()?)?;
                let mut citation = Citation {
                    source,
                    clause: None,
                    quote: None,
                };
                for part in parts {
                    let rule = part.as_rule();
                    let inner = content(part).into_iter().next()?;
                    match rule {
                        Rule::from_clause => citation.clause = Some(self.label(inner)?),
                        _ => citation.quote = Some(self.text(inner)?),
                    }
                }
                ClauseKind::From(citation)
            }
            Rule::reading => {
                let (source, text) = (self.label(parts.next()?)?, self.text(parts.next()?)?);
                let means = verdict(&parts.next()?)?;
                let holds = parts
                    .next()
                    .and_then(|part| content(part).into_iter().next());
                let holds = match holds {
                    Some(expr) => Some(self.expr(expr)?),
                    None => None,
                };
                ClauseKind::Reading {
                    source,
                    text,
                    means,
                    holds,
                }
            }
            Rule::penalty => self.penalty(parts)?,
            Rule::message => ClauseKind::Message {
                language: self.label(parts.next()?)?,
                text: self.text(parts.next()?)?,
            },
            Rule::dsa => ClauseKind::Dsa {
                category: self.label(parts.next()?)?,
                keyword: self.label(parts.next()?)?,
            },
            Rule::example => {
                let (verdict, given) = (verdict(&parts.next()?)?, self.given(parts.next()?)?);
                let at = parts.next().and_then(|at| content(at).into_iter().next());
                let at = match at {
                    Some(at) => Some(self.when(&at)?),
                    None => None,
                };
                ClauseKind::Example(Example { verdict, given, at })
            }
            Rule::also => self.also(parts)?,
            Rule::unless_near => {
                let texts = self.texts(parts.next()?);
                let words = parts
                    .next()
                    .and_then(|near| content(near).into_iter().next());
                let words = words.and_then(|words| self.count(&words));
                ClauseKind::UnlessNear { texts, words }
            }
            Rule::wording => {
                let (mut fields, mut texts) = (Vec::new(), Vec::new());
                for part in parts {
                    match part.as_rule() {
                        Rule::text => texts.extend(self.text(part)),
                        _ => fields.extend(content(part).iter().map(|path| self.path(path))),
                    }
                }
                ClauseKind::Wording { fields, texts }
            }
            Rule::counts_as => ClauseKind::CountsAs(self.counting(parts)?),
            Rule::except_seller => ClauseKind::ExceptSeller(self.members(parts)),
            Rule::members => ClauseKind::Members(self.members(parts)),
            Rule::values => ClauseKind::Values(self.members(parts)),
            Rule::expect => ClauseKind::Expect(self.expectation(parts)?),
            _ => return None,
        })
    }

    fn penalty<'p>(
        &mut self,
        mut parts: impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<ClauseKind> {
        let name = self.label(parts.next()?)?;
        let mut penalty = Penalty {
            name,
            points: None,
            days: None,
            holds: None,
        };
        for part in parts {
            let rule = part.as_rule();
            let inner = content(part).into_iter().next()?;
            match rule {
                Rule::penalty_points => penalty.points = Some(self.count(&inner)?),
                Rule::penalty_days => penalty.days = Some(self.count(&inner)?),
                _ => penalty.holds = Some(self.expr(inner)?),
            }
        }
        Some(ClauseKind::Penalty(penalty))
    }

    fn also<'p>(&mut self, mut parts: impl Iterator<Item = Pair<'p, Rule>>) -> Option<ClauseKind> {
        let texts = self.texts(parts.next()?);
        let (mut since, mut folds) = (None, None);
        for part in parts {
            let rule = part.as_rule();
            let inner = content(part).into_iter().next()?;
            match rule {
                Rule::also_since => since = Some(self.when(&inner)?),
                _ => folds = Some(self.labels(inner)),
            }
        }
        Some(ClauseKind::Also {
            texts,
            since,
            folds,
        })
    }

    fn counting<'p>(
        &mut self,
        mut parts: impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<Counting> {
        let whole = self.label(parts.next()?)?;
        let (mut since, mut through, mut citations) = (None, None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::member_since => since = Some(self.when(&content(part).into_iter().next()?)?),
                Rule::member_through => {
                    through = Some(self.when(&content(part).into_iter().next()?)?);
                }
                _ => {
                    if let Some(ClauseKind::From(citation)) = self.compound(part) {
                        citations.push(citation);
                    }
                }
            }
        }
        Some(Counting {
            whole,
            since,
            through,
            citations,
        })
    }

    fn members<'p>(&mut self, pairs: impl Iterator<Item = Pair<'p, Rule>>) -> Vec<Member> {
        pairs.filter_map(|pair| self.member(pair)).collect()
    }

    fn member(&mut self, pair: Pair<'_, Rule>) -> Option<Member> {
        let mut parts = content(pair).into_iter();
        let first = parts.next()?;
        let from_file = first.as_rule() == Rule::member_file;
        let name = match from_file {
            true => self.text(content(first).into_iter().next()?)?,
            false => self.label(first)?,
        };
        let mut member = Member {
            name,
            from_file,
            since: None,
            through: None,
        };
        for part in parts {
            let rule = part.as_rule();
            let when = self.when(&content(part).into_iter().next()?)?;
            match rule {
                Rule::member_since => member.since = Some(when),
                _ => member.through = Some(when),
            }
        }
        Some(member)
    }

    fn said(&mut self, pair: Pair<'_, Rule>) -> Option<Said> {
        let stance = match () {
            () if has(&pair, Rule::kw_said_by) => Stance::Said,
            () if has(&pair, Rule::kw_confirmed_by) => Stance::Confirmed,
            () => Stance::Denied,
        };
        let mut parts = content(pair).into_iter();
        let by = self.label(parts.next()?)?;
        let mut said = Said {
            stance,
            by,
            dated: None,
            source: None,
        };
        for part in parts {
            let rule = part.as_rule();
            let inner = content(part).into_iter().next()?;
            match rule {
                Rule::said_dated => said.dated = Some(self.when(&inner)?),
                _ => said.source = Some(self.label(inner)?),
            }
        }
        Some(said)
    }

    fn expectation<'p>(
        &mut self,
        mut parts: impl Iterator<Item = Pair<'p, Rule>>,
    ) -> Option<Expectation> {
        let mut expectation = Expectation {
            verdict: verdict(&parts.next()?)?,
            rules: Vec::new(),
            upcoming: Vec::new(),
            needs: Vec::new(),
            lifted: Vec::new(),
            withheld: false,
        };
        for part in parts {
            let rule = part.as_rule();
            let inner = content(part);
            match rule {
                Rule::expect_withheld => expectation.withheld = true,
                Rule::expect_needs => expectation
                    .needs
                    .extend(inner.iter().map(|path| self.path(path))),
                Rule::expect_by => expectation.rules.extend(self.refs(inner)),
                Rule::expect_upcoming => expectation.upcoming.extend(self.refs(inner)),
                _ => expectation.lifted.extend(self.refs(inner)),
            }
        }
        Some(expectation)
    }

    fn refs(&mut self, pairs: Vec<Pair<'_, Rule>>) -> Vec<RuleRef> {
        pairs
            .into_iter()
            .filter_map(|pair| self.rule_ref(pair))
            .collect()
    }

    fn texts(&mut self, pair: Pair<'_, Rule>) -> Vec<Text> {
        content(pair)
            .into_iter()
            .filter_map(|text| self.text(text))
            .collect()
    }

    fn given(&mut self, pair: Pair<'_, Rule>) -> Option<Given> {
        match pair.as_rule() {
            Rule::text => self.text(pair).map(Given::Title),
            _ => self.item(pair).map(Given::Item),
        }
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Option<Item> {
        let span = self.span(&pair);
        let mut fields: Vec<(Path, ItemValue)> = Vec::new();
        let pairs = pair.into_inner();
        for pair in pairs.filter(|one| one.as_rule() == Rule::item_pair) {
            let mut parts = pair.into_inner();
            let key = parts.next()?;
            let path = match key.as_rule() {
                Rule::text => self.text(key)?,
                _ => self.path(&key),
            };
            let path = Spanned {
                value: path.value.replace('_', "-"),
                span: path.span,
            };
            if let Some((first, _)) = fields.iter().find(|(one, _)| one.value == path.value) {
                let message = format!("the field `{}` stands twice in this item", path.value);
                self.diagnostics.push(
                    Diagnostic::new(Code::RepeatedClause, path.span, message)
                        .related(first.span, "first here"),
                );
            }
            fields.push((path, self.item_value(parts.next()?)?));
        }
        Some(Item { span, fields })
    }

    fn item_value(&mut self, pair: Pair<'_, Rule>) -> Option<ItemValue> {
        let value = pair.into_inner().next()?;
        Some(match value.as_rule() {
            Rule::text => ItemValue::Text(self.text(value)?),
            Rule::item => ItemValue::Item(self.item(value)?),
            Rule::item_list => {
                let span = self.span(&value);
                let values = value.into_inner();
                let values = values.filter(|one| one.as_rule() == Rule::item_value);
                let values = values.filter_map(|one| self.item_value(one));
                ItemValue::List(values.collect(), span)
            }
            _ => ItemValue::Word(self.label(value)?),
        })
    }
}

fn layer(pair: &Pair<'_, Rule>) -> Option<Layer> {
    pair.as_str()
        .split_whitespace()
        .last()
        .and_then(Layer::from_word)
}
