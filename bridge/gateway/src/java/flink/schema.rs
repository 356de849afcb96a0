//! `ResolvedSchema` and the `TableSchema` of old, as Java has them.

use nutkin_plan::catalog::Schema;
use nutkin_plan::types::{LogicalType, RowField, TypeKind};

use super::super::array::JavaArray;
use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::{array_list, elements_of};
use super::super::failure::{Failure, Outcome};
use super::super::util::optional::optional;
use super::super::value::{JavaValue, string_hash};
use super::data_type::DataType;
use super::environment::texts;
use crate::class::ResolvedSchema;
use crate::model::JavaObject;

/// Names and types of columns.
pub(crate) struct TableSchema(Vec<(String, LogicalType)>);

impl TableSchema {
    /// The schema of a query.
    pub(crate) fn of(schema: &Schema) -> JavaValue {
        let columns = schema.columns.iter();
        JavaValue::object(Self(
            columns
                .map(|column| (column.name.clone(), column.column_type.clone()))
                .collect(),
        ))
    }
}

impl JavaObject for TableSchema {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.legacy.api.TableSchema"
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>().is_some_and(|other| other.0 == self.0)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.java_string())
    }

    fn java_string(&self) -> String {
        let mut text = "root\n".to_owned();
        for (name, column_type) in &self.0 {
            text.push_str(&format!(" |-- {name}: {column_type}\n"));
        }
        text
    }
}

/// Columns that are being put together.
struct Builder(std::sync::Mutex<Vec<(String, LogicalType)>>);

impl JavaObject for Builder {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.legacy.api.TableSchema$Builder"
    }
}

/// The ROW type of columns.
pub(super) fn row_type(columns: &[(String, LogicalType)]) -> LogicalType {
    LogicalType::not_null(TypeKind::Row(
        columns
            .iter()
            .map(|(name, column_type)| RowField {
                name: name.clone(),
                field_type: column_type.clone(),
                description: None,
            })
            .collect(),
    ))
}

fn this(call: &Call<'_>) -> Outcome<std::sync::Arc<TableSchema>> {
    call.this()
}

fn column(call: &Call<'_>) -> Outcome<Option<(String, LogicalType)>> {
    let schema = this(call)?;
    Ok(match call.value(0)? {
        JavaValue::String(name) => schema.0.iter().find(|(known, _)| **known == **name).cloned(),
        _ => schema.0.get(call.index(0)?).cloned(),
    })
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        table_schema(),
        Class::new("org.apache.flink.table.legacy.api.TableSchema$Builder")
            .method("Object fields(String[], DataType[])", |call| {
                let names = elements_of(call.value(0)?)?;
                let types = elements_of(call.value(1)?)?;
                let columns = names.iter().zip(&types).filter_map(|(name, data_type)| {
                    let data_type = data_type.peek::<DataType>()?;
                    Some((name.to_text(), data_type.logical.clone()))
                });
                let builder = call.this::<Builder>()?;
                builder
                    .0
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .extend(columns);
                Ok(call.this.clone())
            })
            .method("Object build()", |call| {
                let builder = call.this::<Builder>()?;
                let columns = builder
                    .0
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                Ok(JavaValue::object(TableSchema(columns.clone())))
            }),
        Class::new("org.apache.flink.table.catalog.ResolvedSchema")
            .method("List getColumnDataTypes()", |call| {
                let schema = call.this::<ResolvedSchema>()?;
                let types = schema
                    .0
                    .columns
                    .iter()
                    .map(|column| DataType::value(column.column_type.clone()));
                Ok(array_list(types.collect()))
            })
            .method("Object getPrimaryKeyIndexes()", |call| {
                let schema = call.this::<ResolvedSchema>()?;
                let indexes = schema
                    .0
                    .primary_key
                    .iter()
                    .map(|index| JavaValue::count(*index))
                    .collect();
                Ok(JavaValue::object(JavaArray::new("int", indexes)))
            })
            .method("DataType toPhysicalRowDataType()", row_data_type)
            .method("DataType toSourceRowDataType()", row_data_type)
            .method("DataType toSinkRowDataType()", row_data_type),
    ]
}

fn row_data_type(call: &mut Call<'_>) -> Outcome {
    let schema = call.this::<ResolvedSchema>()?;
    let columns: Vec<(String, LogicalType)> = schema
        .0
        .columns
        .iter()
        .map(|column| (column.name.clone(), column.column_type.clone()))
        .collect();
    Ok(DataType::value(row_type(&columns)))
}

fn table_schema() -> Class {
    Class::new("org.apache.flink.table.legacy.api.TableSchema")
        .function(
            "Object fromResolvedSchema(org.apache.flink.table.catalog.ResolvedSchema)",
            |call| Ok(TableSchema::of(&call.object::<ResolvedSchema>(0)?.0)),
        )
        .function("Object builder()", |_| {
            Ok(JavaValue::object(Builder(Default::default())))
        })
        .method("Object copy()", |call| {
            Ok(JavaValue::object(TableSchema(this(call)?.0.clone())))
        })
        .method("DataType[] getFieldDataTypes()", |call| {
            let schema = this(call)?;
            let types = schema
                .0
                .iter()
                .map(|(_, column_type)| DataType::value(column_type.clone()));
            Ok(JavaValue::object(JavaArray::new(
                "org.apache.flink.table.types.DataType",
                types.collect(),
            )))
        })
        .method("Optional getFieldDataType(int)", |call| {
            Ok(optional(
                column(call)?.map_or(JavaValue::Null, |(_, found)| DataType::value(found)),
            ))
        })
        .method("Optional getFieldDataType(String)", |call| {
            Ok(optional(
                column(call)?.map_or(JavaValue::Null, |(_, found)| DataType::value(found)),
            ))
        })
        .method("int getFieldCount()", |call| {
            Ok(JavaValue::count(this(call)?.0.len()))
        })
        .method("String[] getFieldNames()", |call| {
            Ok(JavaValue::object(JavaArray::of_texts(
                this(call)?.0.iter().map(|(name, _)| name.clone()),
            )))
        })
        .method("Optional getFieldName(int)", |call| {
            Ok(optional(
                column(call)?.map_or(JavaValue::Null, |(name, _)| name.into()),
            ))
        })
        .method("DataType toRowDataType()", |call| {
            Ok(DataType::value(row_type(&this(call)?.0)))
        })
        .method("Object toSchema()", |_| {
            Err(Failure::unsupported(
                "TableSchema.toSchema",
                "use Schema.newBuilder()",
            ))
        })
        .method("List getColumnNames()", |call| {
            Ok(texts(this(call)?.0.iter().map(|(name, _)| name.clone())))
        })
}
