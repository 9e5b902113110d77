//! Conditions, through pest's Pratt parser.

use std::sync::LazyLock;

use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::super::Rule;
use super::{Builder, content, has};
use crate::ast::*;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// `and` and `or` bind alike, because mixing them is refused; `not` binds tightest.
static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::kw_and, Assoc::Left) | Op::infix(Rule::kw_or, Assoc::Left))
        .op(Op::prefix(Rule::kw_not))
});

impl Builder<'_, '_> {
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let before = self.diagnostics.len();
        self.refuse_mixing(&pair);
        // The Pratt parser's closures cannot share `self`, so leaves are read first, in order.
        let leaves: Vec<Option<Expr>> = pair
            .clone()
            .into_inner()
            .filter(|part| !is_operator(part.as_rule()))
            .map(|part| self.primary(part))
            .collect();
        let mut leaves = leaves.into_iter();
        let expr = PRATT
            .map_primary(|_| leaves.next().flatten())
            .map_prefix(|not, operand| {
                let operand = operand?;
                let start = self.slice.span(not.as_span().start(), not.as_span().end());
                Some(Expr {
                    span: start.to(operand.span),
                    kind: ExprKind::Not(Box::new(operand)),
                })
            })
            .map_infix(|left, operator, right| Some(join(left?, operator.as_rule(), right?)))
            .parse(pair.into_inner());
        expr.filter(|_| self.diagnostics.len() == before)
    }

    fn refuse_mixing(&mut self, pair: &Pair<'_, Rule>) {
        let mut operators = pair
            .clone()
            .into_inner()
            .filter(|part| matches!(part.as_rule(), Rule::kw_and | Rule::kw_or));
        let Some(first) = operators.next() else {
            return;
        };
        let Some(other) = operators.find(|one| one.as_rule() != first.as_rule()) else {
            return;
        };
        self.diagnostics.push(
            Diagnostic::new(
                Code::MixedAndOr,
                self.span(&other),
                format!(
                    "`{}` beside `{}`: which belongs together?",
                    other.as_str(),
                    first.as_str()
                ),
            )
            .related(
                self.span(&first),
                format!("the first is `{}`", first.as_str()),
            )
            .help("put parentheses round the part that belongs together: `a and (b or c)`"),
        );
    }

    fn primary(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::parens => {
                let inner = self.expr(pair.into_inner().next()?)?;
                Some(Expr { span, ..inner })
            }
            Rule::mentions => {
                let kind = ExprKind::Mentions(self.mentions(pair)?);
                Some(Expr { span, kind })
            }
            _ => self.comparison(pair, span),
        }
    }

    fn mentions(&mut self, pair: Pair<'_, Rule>) -> Option<Mentions> {
        let dress = match () {
            () if has(&pair, Rule::kw_disguised) => Dress::Disguised,
            () if has(&pair, Rule::kw_exact) => Dress::Exact,
            () => Dress::Any,
        };
        let any = has(&pair, Rule::kw_any_of);
        let mut mentions = Mentions {
            terms: Vec::new(),
            any,
            fields: Vec::new(),
            near: None,
            dress,
        };
        for part in content(pair) {
            match part.as_rule() {
                Rule::labels => mentions.terms = self.values(part),
                Rule::mention_in => {
                    mentions
                        .fields
                        .extend(content(part).iter().map(|path| self.path(path)));
                }
                _ => {
                    let mut inner = content(part).into_iter();
                    let count = self.count(&inner.next()?)?;
                    mentions.near = Some((count, self.value(inner.next()?)?));
                }
            }
        }
        Some(mentions)
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Expr> {
        let mut inner = pair.into_inner();
        let path = self.path(&inner.next()?);
        let test = inner.next()?;
        let negated = has(&test, Rule::kw_not);
        let first = content(test.clone()).into_iter().next();
        let kind = match test.as_rule() {
            Rule::is_known => ExprKind::Known(path),
            Rule::is_past => ExprKind::Past(path),
            Rule::is_member => ExprKind::MemberOf(path, self.label(first?)?),
            Rule::is_one_of => ExprKind::OneOf(path, self.values(first?)),
            Rule::is_value => ExprKind::Is(path, self.value(first?)?),
            Rule::has_of => {
                let share = match has(&test, Rule::kw_all_of) {
                    true => Share::All,
                    false => Share::Any,
                };
                ExprKind::HasOf(path, share, self.values(first?))
            }
            Rule::has_value => ExprKind::Has(path, self.value(first?)?),
            Rule::compare_age => self.compare_age(path, &test)?,
            Rule::compare_number => self.compare_number(path, &test)?,
            _ => {
                let order = match has(&test, Rule::kw_after) {
                    true => DateTest::After,
                    false => DateTest::Before,
                };
                let than = first?;
                match than.as_rule() {
                    Rule::path => ExprKind::Order(path, order, self.path(&than)),
                    _ => ExprKind::Date(path, order, self.when(&than)?),
                }
            }
        };
        let expr = Expr { span, kind };
        Some(match negated {
            true => Expr {
                span,
                kind: ExprKind::Not(Box::new(expr)),
            },
            false => expr,
        })
    }

    /// `at least 90 days ago`; an age is a whole number.
    fn compare_age(&mut self, path: Path, test: &Pair<'_, Rule>) -> Option<ExprKind> {
        let mut parts = content(test.clone()).into_iter();
        let count = self.count(&parts.next()?)?.value;
        let unit = match parts.next()?.as_str().starts_with("day") {
            true => AgeUnit::Days,
            false => AgeUnit::Hours,
        };
        Some(ExprKind::Age(path, number_test(test), Age { count, unit }))
    }

    fn compare_number(&mut self, path: Path, test: &Pair<'_, Rule>) -> Option<ExprKind> {
        let order = number_test(test);
        let pair = content(test.clone()).into_iter().next()?;
        let number: Option<f64> = pair.as_str().parse().ok();
        match number.filter(|number| number.is_finite()) {
            Some(number) => Some(ExprKind::Number(path, order, self.spanned(&pair, number))),
            None => {
                self.bad_number(&pair, "a number, such as `19.9`");
                None
            }
        }
    }

    fn values(&mut self, pair: Pair<'_, Rule>) -> Vec<Value> {
        pair.into_inner()
            .filter_map(|one| self.value(one))
            .collect()
    }

    fn value(&mut self, pair: Pair<'_, Rule>) -> Option<Value> {
        let quoted = pair.as_str().starts_with('"');
        let Spanned { value: text, span } = self.label(pair)?;
        Some(Value { text, quoted, span })
    }
}

fn number_test(test: &Pair<'_, Rule>) -> NumberTest {
    match () {
        () if has(test, Rule::kw_over) => NumberTest::Over,
        () if has(test, Rule::kw_below) => NumberTest::Below,
        () if has(test, Rule::kw_at_least) => NumberTest::AtLeast,
        () => NumberTest::AtMost,
    }
}

fn is_operator(rule: Rule) -> bool {
    matches!(rule, Rule::kw_and | Rule::kw_or | Rule::kw_not)
}

/// Joins two conditions; a chain of one operator becomes one list.
fn join(left: Expr, operator: Rule, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let and = operator == Rule::kw_and;
    let kind = match (left.kind, and) {
        (ExprKind::And(mut all), true) => {
            all.push(right);
            ExprKind::And(all)
        }
        (ExprKind::Or(mut all), false) => {
            all.push(right);
            ExprKind::Or(all)
        }
        (kind, and) => {
            let both = vec![
                Expr {
                    span: left.span,
                    kind,
                },
                right,
            ];
            if and {
                ExprKind::And(both)
            } else {
                ExprKind::Or(both)
            }
        }
    };
    Expr { span, kind }
}
