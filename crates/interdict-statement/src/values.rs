//! The enumerations of the database.
//!
//! Categories and keywords were changed on 2025-07-01. Source: the announcement of that day and the
//! pages *API documentation* and *Explanation of statement attributes* of the database.

use jiff::civil::{Date, date};

use crate::refusal::Reason;

/// From when on the newer categories and keywords hold.
const CHANGED: Date = date(2025, 7, 1);

/// When a value may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Always,
    Before,
    Since,
}
use Held::{Always, Before, Since};

/// The values of a field.
pub(crate) struct Values {
    field: &'static str,
    /// What all values begin with, and what their short forms leave out.
    prefix: &'static str,
    all: &'static [(&'static str, Held)],
}

impl Values {
    /// A value by its full or its short name, on a day.
    pub(crate) fn get(&self, name: &str, day: Option<Date>) -> Result<&'static str, Reason> {
        let short = |full: &str| full.strip_prefix(self.prefix).unwrap_or(full).to_owned();
        let named = |one: &&(&'static str, Held)| one.0 == name || short(one.0) == name;
        let holds = |held: Held| match (held, day) {
            (Always, _) | (_, None) => true,
            (Before, Some(day)) => day < CHANGED,
            (Since, Some(day)) => day >= CHANGED,
        };
        let refused = |hint: String| Reason::Unknown {
            field: self.field,
            value: name.to_owned(),
            hint,
        };
        match self.all.iter().find(named) {
            Some((full, held)) if holds(*held) => Ok(full),
            Some((_, Before)) => Err(refused(": it is gone since 2025-07-01".to_owned())),
            Some(_) => Err(refused(": it is new since 2025-07-01".to_owned())),
            None => Err(refused(match self.near(name, &|held| holds(held)) {
                Some(near) => format!(": did you mean `{near}`?"),
                None => format!(": the database has no such {}", self.kind()),
            })),
        }
    }

    /// What may have been meant by a name, among the values that are asked for.
    fn near(&self, name: &str, holds: &dyn Fn(Held) -> bool) -> Option<&'static str> {
        let short = |full: &'static str| full.strip_prefix(self.prefix).unwrap_or(full);
        let name = name.strip_prefix(self.prefix).unwrap_or(name);
        let known = self.all.iter().filter(|(_, held)| holds(*held));
        let near = known
            .map(|(full, _)| (strsim::jaro_winkler(short(full), name), short(full)))
            .filter(|(likeness, _)| *likeness > 0.8)
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        near.map(|(_, near)| near)
    }

    fn kind(&self) -> &'static str {
        match self.field {
            "category" | "category_addition" => "category",
            "category_specification" => "keyword",
            _ => "value",
        }
    }
}

/// What a name may be given for in a rule's `dsa` clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What kind of violation it is.
    Category,
    /// Which one.
    Keyword,
}

/// Whether the database has, on any day, a category or a keyword of a name, full or short.
///
/// # Errors
///
/// If it has none: the name that may have been meant.
///
/// ```
/// use interdict_statement::{Part, known};
///
/// assert_eq!(known(Part::Category, "SCAMS_AND_FRAUD"), Ok(()));
/// assert_eq!(known(Part::Keyword, "PHISING"), Err(Some("PHISHING")));
/// ```
pub fn known(part: Part, name: &str) -> Result<(), Option<&'static str>> {
    let values = match part {
        Part::Category => &CATEGORY,
        Part::Keyword => &KEYWORD,
    };
    match values.get(name, None) {
        Ok(_) => Ok(()),
        Err(_) => Err(values.near(name, &|_| true)),
    }
}

/// Further categories, which are the same.
pub(crate) const ADDITION: Values = Values {
    field: "category_addition",
    ..CATEGORY
};

/// Whether a place is one of the thirty that a statement may name: the European Economic Area.
pub(crate) fn territory(name: &str) -> Option<&'static str> {
    const EEA: [&str; 30] = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ];
    EEA.into_iter().find(|one| *one == name)
}

macro_rules! values {
    ($($(#[$doc:meta])* $name:ident = $field:literal $prefix:literal { $($value:literal $held:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: Values = Values {
                field: $field,
                prefix: $prefix,
                all: &[$((concat!($prefix, $value), $held)),*],
            };
        )*
    };
}

values! {
    VISIBILITY = "decision_visibility" "DECISION_VISIBILITY_" {
        "CONTENT_REMOVED" Always, "CONTENT_DISABLED" Always, "CONTENT_DEMOTED" Always,
        "CONTENT_AGE_RESTRICTED" Always, "CONTENT_INTERACTION_RESTRICTED" Always,
        "CONTENT_LABELLED" Always, "OTHER" Always,
    }
    MONETARY = "decision_monetary" "DECISION_MONETARY_" {
        "SUSPENSION" Always, "TERMINATION" Always, "OTHER" Always,
    }
    PROVISION = "decision_provision" "DECISION_PROVISION_" {
        "PARTIAL_SUSPENSION" Always, "TOTAL_SUSPENSION" Always,
        "PARTIAL_TERMINATION" Always, "TOTAL_TERMINATION" Always,
    }
    ACCOUNT = "decision_account" "DECISION_ACCOUNT_" {
        "SUSPENDED" Always, "TERMINATED" Always,
    }
    ACCOUNT_TYPE = "account_type" "ACCOUNT_TYPE_" {
        "BUSINESS" Always, "PRIVATE" Always,
    }
    CONTENT_TYPE = "content_type" "CONTENT_TYPE_" {
        "APP" Always, "AUDIO" Always, "IMAGE" Always, "PRODUCT" Always, "SYNTHETIC_MEDIA" Always,
        "TEXT" Always, "VIDEO" Always, "OTHER" Always,
    }
    SOURCE = "source_type" "SOURCE_" {
        "ARTICLE_16" Always, "TRUSTED_FLAGGER" Always, "TYPE_OTHER_NOTIFICATION" Always,
        "VOLUNTARY" Always,
    }
    DETECTION = "automated_detection" "" {
        "Yes" Always, "No" Always,
    }
    AUTOMATED = "automated_decision" "AUTOMATED_DECISION_" {
        "FULLY" Always, "PARTIALLY" Always, "NOT_AUTOMATED" Always,
    }
    CATEGORY = "category" "STATEMENT_CATEGORY_" {
        "ANIMAL_WELFARE" Always, "CONSUMER_INFORMATION" Since, "CYBER_VIOLENCE" Since,
        "CYBER_VIOLENCE_AGAINST_WOMEN" Since, "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS" Always,
        "ILLEGAL_OR_HARMFUL_SPEECH" Always, "INTELLECTUAL_PROPERTY_INFRINGEMENTS" Always,
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS" Always, "NON_CONSENSUAL_BEHAVIOUR" Before,
        "NOT_SPECIFIED_NOTICE" Since, "OTHER_VIOLATION_TC" Since,
        "PORNOGRAPHY_OR_SEXUALIZED_CONTENT" Before, "PROTECTION_OF_MINORS" Always,
        "RISK_FOR_PUBLIC_SECURITY" Always, "SCAMS_AND_FRAUD" Always,
        "SCOPE_OF_PLATFORM_SERVICE" Before, "SELF_HARM" Always, "UNSAFE_AND_ILLEGAL_PRODUCTS" Before,
        "UNSAFE_AND_PROHIBITED_PRODUCTS" Since, "VIOLENCE" Always,
    }
    KEYWORD = "category_specification" "KEYWORD_" {
        "ADULT_SEXUAL_MATERIAL" Always, "AGE_SPECIFIC_RESTRICTIONS" Always,
        "AGE_SPECIFIC_RESTRICTIONS_MINORS" Always, "ANIMAL_HARM" Always,
        "BIOMETRIC_DATA_BREACH" Always, "BULLYING_AGAINST_GIRLS" Since,
        "CHILD_SEXUAL_ABUSE_MATERIAL" Always, "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE" Since,
        "CONTENT_PROMOTING_EATING_DISORDERS" Always, "COORDINATED_HARM" Always,
        "COPYRIGHT_INFRINGEMENT" Always, "CYBER_BULLYING_INTIMIDATION" Since,
        "CYBER_HARASSMENT" Since, "CYBER_HARASSMENT_AGAINST_WOMEN" Since, "CYBER_INCITEMENT" Since,
        "CYBER_STALKING" Since, "CYBER_STALKING_AGAINST_WOMEN" Since, "DANGEROUS_TOYS" Before,
        "DATA_FALSIFICATION" Always, "DEFAMATION" Always, "DESIGN_INFRINGEMENT" Always,
        "DISCRIMINATION" Always, "DISINFORMATION" Before, "FEMALE_GENDERED_DISINFORMATION" Since,
        "FOREIGN_INFORMATION_MANIPULATION" Before, "GENDER_BASED_VIOLENCE" Before,
        "GEOGRAPHICAL_REQUIREMENTS" Always, "GEOGRAPHIC_INDICATIONS_INFRINGEMENT" Always,
        "GOODS_SERVICES_NOT_PERMITTED" Always, "GROOMING_SEXUAL_ENTICEMENT_MINORS" Always,
        "HATE_SPEECH" Always, "HIDDEN_ADVERTISEMENT" Since, "HUMAN_EXPLOITATION" Always,
        "HUMAN_TRAFFICKING" Always, "ILLEGAL_ORGANIZATIONS" Always,
        "IMAGE_BASED_SEXUAL_ABUSE" Before, "IMPERSONATION_ACCOUNT_HIJACKING" Always,
        "INAUTHENTIC_ACCOUNTS" Always, "INAUTHENTIC_LISTINGS" Always,
        "INAUTHENTIC_USER_REVIEWS" Always, "INCITEMENT_AGAINST_WOMEN" Since,
        "INCITEMENT_VIOLENCE_HATRED" Always, "INSUFFICIENT_INFORMATION_ON_TRADERS" Since,
        "INSUFFICIENT_INFORMATION_TRADERS" Before, "LANGUAGE_REQUIREMENTS" Always,
        "MISINFORMATION" Before, "MISINFORMATION_DISINFORMATION" Since,
        "MISLEADING_INFO_CONSUMER_RIGHTS" Since, "MISLEADING_INFO_GOODS_SERVICES" Since,
        "MISSING_PROCESSING_GROUND" Always, "NONCOMPLIANCE_PRICING" Since,
        "NON_CONSENSUAL_IMAGE_SHARING" Always, "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN" Since,
        "NON_CONSENSUAL_ITEMS_DEEPFAKE" Before, "NON_CONSENSUAL_MATERIAL_DEEPFAKE" Since,
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN" Since, "NUDITY" Always,
        "ONLINE_BULLYING_INTIMIDATION" Before, "PATENT_INFRINGEMENT" Always, "PHISHING" Always,
        "PROHIBITED_PRODUCTS" Since, "PYRAMID_SCHEMES" Always, "REGULATED_GOODS_SERVICES" Before,
        "RIGHT_TO_BE_FORGOTTEN" Always, "RISK_ENVIRONMENTAL_DAMAGE" Always,
        "RISK_PUBLIC_HEALTH" Always, "SELF_MUTILATION" Always, "STALKING" Before, "SUICIDE" Always,
        "TERRORIST_CONTENT" Always, "TRADEMARK_INFRINGEMENT" Always,
        "TRADE_SECRET_INFRINGEMENT" Always, "TRAFFICKING_WOMEN_GIRLS" Since,
        "UNLAWFUL_SALE_ANIMALS" Always, "UNSAFE_CHALLENGES" Always, "UNSAFE_PRODUCTS" Since,
        "VIOLATION_EU_LAW" Always, "VIOLATION_NATIONAL_LAW" Always, "OTHER" Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_fourteen_before_and_sixteen_since() {
        let count = |wanted| {
            let mut all = CATEGORY.all.iter().map(|(_, held)| *held);
            all.by_ref()
                .filter(|held| *held == Always || *held == wanted)
                .count()
        };
        assert_eq!((count(Before), count(Since)), (14, 16));
    }

    #[test]
    fn a_value_is_found_by_both_its_names_while_it_holds() {
        let day = date(2025, 6, 30);
        let full = "STATEMENT_CATEGORY_UNSAFE_AND_ILLEGAL_PRODUCTS";
        assert_eq!(
            CATEGORY.get("UNSAFE_AND_ILLEGAL_PRODUCTS", Some(day)),
            Ok(full)
        );
        assert_eq!(CATEGORY.get(full, Some(day)), Ok(full));
        let gone = CATEGORY.get(full, Some(CHANGED)).expect_err("it is gone");
        assert_eq!(
            gone.to_string(),
            format!("`category` cannot be `{full}`: it is gone since 2025-07-01")
        );
        let near = KEYWORD.get("PROHIBITED_PRODUCT", Some(CHANGED));
        let near = near.expect_err("a slip");
        assert!(
            near.to_string()
                .ends_with("did you mean `PROHIBITED_PRODUCTS`?"),
            "{near}"
        );
    }

    #[test]
    fn every_name_stands_once_and_in_capitals() {
        for values in [&CATEGORY, &KEYWORD] {
            let mut names: Vec<&str> = values.all.iter().map(|(name, _)| *name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), values.all.len());
            let is_plain = |one: char| one.is_ascii_uppercase() || one == '_';
            assert!(names.iter().all(|name| name.chars().all(is_plain)));
        }
    }
}
