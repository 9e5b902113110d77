//! One value of a column, read as JSON is.
//!
//! In: a column and the number of a row. Out: what serde makes of it: texts lent where they lie, dates and
//! times as texts, decimals as numbers, structs and maps as objects without their nulls. What JSON has no
//! word for, such as a duration, is read as bytes.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::{as_date, as_datetime, as_datetime_with_timezone};
use arrow_array::types::*;
use arrow_array::{Array, downcast_dictionary_array, downcast_run_array};
use arrow_schema::{DataType, TimeUnit};
use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    column: &'a dyn Array,
    row: usize,
}

impl<'a> Cell<'a> {
    pub(super) fn new(column: &'a dyn Array, row: usize) -> Cell<'a> {
        let mut cell = Cell { column, row };
        while let Some(further) = cell.points_to() {
            cell = further;
        }
        cell
    }

    /// Where the value stands, if here is only its number.
    fn points_to(self) -> Option<Cell<'a>> {
        let Cell { column, row } = self;
        if column.is_null(row) {
            return None;
        }
        let (column, row): (&dyn Array, usize) = match column.data_type() {
            DataType::Dictionary(..) => downcast_dictionary_array!(
                column => (column.values(), column.key(row)?),
                _ => return None
            ),
            DataType::RunEndEncoded(..) => downcast_run_array!(
                column => (column.values(), column.get_physical_index(row)),
                _ => return None
            ),
            DataType::Union(..) => {
                let union = column.as_union_opt()?;
                (union.child(union.type_id(row)), union.value_offset(row))
            }
            _ => return None,
        };
        Some(Cell { column, row })
    }

    fn is_null(self) -> bool {
        self.column.is_null(self.row) || self.column.data_type().is_null()
    }

    fn number<T: ArrowPrimitiveType>(self) -> T::Native {
        self.column.as_primitive::<T>().value(self.row)
    }

    /// A decimal as a number, by its digits.
    fn decimal<T: DecimalType>(self) -> Option<f64> {
        let column = self.column.as_primitive::<T>();
        column.value_as_string(self.row).parse().ok()
    }

    fn day<T: ArrowPrimitiveType>(self) -> Option<String>
    where
        i64: From<T::Native>,
    {
        as_date::<T>(self.number::<T>().into()).map(|day| format!("{day:?}"))
    }

    /// An instant with its offset; without one, if the column has no zone, and then it is none.
    fn moment(self, unit: &TimeUnit, zone: Option<&str>) -> Option<String> {
        match unit {
            TimeUnit::Second => self.moment_of::<TimestampSecondType>(zone),
            TimeUnit::Millisecond => self.moment_of::<TimestampMillisecondType>(zone),
            TimeUnit::Microsecond => self.moment_of::<TimestampMicrosecondType>(zone),
            TimeUnit::Nanosecond => self.moment_of::<TimestampNanosecondType>(zone),
        }
    }

    fn moment_of<T: ArrowTimestampType>(self, zone: Option<&str>) -> Option<String> {
        let value = self.number::<T>();
        match zone {
            Some(zone) => {
                let moment = as_datetime_with_timezone::<T>(value, zone.parse().ok()?)?;
                Some(moment.to_rfc3339())
            }
            None => as_datetime::<T>(value).map(|moment| format!("{moment:?}")),
        }
    }

    /// The elements of a list.
    fn elements(self) -> Option<Elements<'a>> {
        let Cell { column, row } = self;
        let (values, range) = match column.data_type() {
            DataType::List(_) => {
                let list = column.as_list::<i32>();
                let ends = list.value_offsets();
                (list.values(), ends[row] as usize..ends[row + 1] as usize)
            }
            DataType::LargeList(_) => {
                let list = column.as_list::<i64>();
                let ends = list.value_offsets();
                (list.values(), ends[row] as usize..ends[row + 1] as usize)
            }
            DataType::ListView(_) => {
                let list = column.as_list_view::<i32>();
                let start = list.value_offset(row) as usize;
                (list.values(), start..start + list.value_size(row) as usize)
            }
            DataType::LargeListView(_) => {
                let list = column.as_list_view::<i64>();
                let start = list.value_offset(row) as usize;
                (list.values(), start..start + list.value_size(row) as usize)
            }
            DataType::FixedSizeList(..) => {
                let list = column.as_fixed_size_list();
                let start = list.value_offset(row) as usize;
                (list.values(), start..start + list.value_length() as usize)
            }
            _ => return None,
        };
        Some(Elements { values, range })
    }

    /// The entries of a map.
    fn entries(self) -> Entries<'a> {
        let map = self.column.as_map();
        let ends = map.value_offsets();
        Entries {
            keys: map.keys(),
            values: map.values(),
            range: ends[self.row] as usize..ends[self.row + 1] as usize,
            value: None,
        }
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Cell { column, row } = self;
        if self.is_null() {
            return visitor.visit_unit();
        }
        match column.data_type() {
            DataType::Boolean => visitor.visit_bool(column.as_boolean().value(row)),
            DataType::Utf8 => visitor.visit_borrowed_str(column.as_string::<i32>().value(row)),
            DataType::LargeUtf8 => visitor.visit_borrowed_str(column.as_string::<i64>().value(row)),
            DataType::Utf8View => visitor.visit_borrowed_str(column.as_string_view().value(row)),
            DataType::Int8 => visitor.visit_i64(self.number::<Int8Type>().into()),
            DataType::Int16 => visitor.visit_i64(self.number::<Int16Type>().into()),
            DataType::Int32 => visitor.visit_i64(self.number::<Int32Type>().into()),
            DataType::Int64 => visitor.visit_i64(self.number::<Int64Type>()),
            DataType::UInt8 => visitor.visit_u64(self.number::<UInt8Type>().into()),
            DataType::UInt16 => visitor.visit_u64(self.number::<UInt16Type>().into()),
            DataType::UInt32 => visitor.visit_u64(self.number::<UInt32Type>().into()),
            DataType::UInt64 => visitor.visit_u64(self.number::<UInt64Type>()),
            DataType::Float16 => visitor.visit_f64(self.number::<Float16Type>().into()),
            DataType::Float32 => visitor.visit_f64(as_written(self.number::<Float32Type>())),
            DataType::Float64 => visitor.visit_f64(self.number::<Float64Type>()),
            DataType::Decimal32(..) => number(self.decimal::<Decimal32Type>(), visitor),
            DataType::Decimal64(..) => number(self.decimal::<Decimal64Type>(), visitor),
            DataType::Decimal128(..) => number(self.decimal::<Decimal128Type>(), visitor),
            DataType::Decimal256(..) => number(self.decimal::<Decimal256Type>(), visitor),
            DataType::Date32 => text(self.day::<Date32Type>(), visitor),
            DataType::Date64 => text(self.day::<Date64Type>(), visitor),
            DataType::Timestamp(unit, zone) => text(self.moment(unit, zone.as_deref()), visitor),
            DataType::Struct(_) => visitor.visit_map(Fields {
                cell: self,
                next: 0,
            }),
            DataType::Map(..) => visitor.visit_map(self.entries()),
            _ => match self.elements() {
                Some(elements) => visitor.visit_seq(elements),
                None => foreign(visitor),
            },
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A number of single precision by the digits that it is written with: 0.1, and not 0.10000000149.
fn as_written(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

fn number<'de, V: Visitor<'de>>(number: Option<f64>, visitor: V) -> Result<V::Value, Error> {
    match number {
        Some(number) => visitor.visit_f64(number),
        None => foreign(visitor),
    }
}

fn text<'de, V: Visitor<'de>>(text: Option<String>, visitor: V) -> Result<V::Value, Error> {
    match text {
        Some(text) => visitor.visit_string(text),
        None => foreign(visitor),
    }
}

fn foreign<'de, V: Visitor<'de>>(visitor: V) -> Result<V::Value, Error> {
    visitor.visit_bytes(&[])
}

/// The fields of a struct that are not null.
struct Fields<'a> {
    cell: Cell<'a>,
    /// The number after that of the field that was named last.
    next: usize,
}

impl<'a> Fields<'a> {
    fn value(&self, number: usize) -> Cell<'a> {
        let column = self.cell.column.as_struct().column(number);
        Cell::new(column, self.cell.row)
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let fields = self.cell.column.as_struct().fields();
        while let Some(field) = fields.get(self.next) {
            self.next += 1;
            if !self.value(self.next - 1).is_null() {
                let name = BorrowedStrDeserializer::new(field.name());
                return seed.deserialize(name).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.value(self.next - 1))
    }
}

/// The entries of a map whose value is not null.
struct Entries<'a> {
    keys: &'a dyn Array,
    values: &'a dyn Array,
    range: Range<usize>,
    /// That of the key that was read last.
    value: Option<Cell<'a>>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        for row in self.range.by_ref() {
            let value = Cell::new(self.values, row);
            if !value.is_null() {
                self.value = Some(value);
                return seed.deserialize(Cell::new(self.keys, row)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(serde::de::Error::custom("a value before its key")),
        }
    }
}

/// The elements of a list, with its nulls.
struct Elements<'a> {
    values: &'a dyn Array,
    range: Range<usize>,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let next = self.range.next().map(|row| Cell::new(self.values, row));
        next.map(|cell| seed.deserialize(cell)).transpose()
    }
}
