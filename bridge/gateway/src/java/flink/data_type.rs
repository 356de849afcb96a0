//! `DataType` and the classes below it.

use std::sync::Arc;

use nutkin_plan::types::{LogicalType, TypeKind};

use super::super::call::Call;
use super::super::class::Class;
use super::super::class_object::ClassObject;
use super::super::collection::array_list;
use super::super::failure::Outcome;
use super::super::value::{JavaValue, string_hash};
use super::logical_type::LogicalTypeObject;
use crate::model::JavaObject;

/// A data type: a logical type with the class that its values are passed as.
#[derive(Clone)]
pub(crate) struct DataType {
    /// The type.
    pub(crate) logical: LogicalType,
    /// The class that values are converted to, if it is not the type's own.
    pub(crate) conversion: Option<&'static str>,
}

impl DataType {
    /// The object of a type.
    pub(crate) fn value(logical: LogicalType) -> JavaValue {
        JavaValue::object(Self {
            logical,
            conversion: None,
        })
    }
}

impl JavaObject for DataType {
    fn class_name(&self) -> &'static str {
        match self.logical.kind {
            TypeKind::Array(_) | TypeKind::Multiset(_) => "org.apache.flink.table.types.CollectionDataType",
            TypeKind::Map(..) => "org.apache.flink.table.types.KeyValueDataType",
            TypeKind::Row(_) => "org.apache.flink.table.types.FieldsDataType",
            _ => "org.apache.flink.table.types.AtomicDataType",
        }
    }

    fn java_equals(&self, other: &dyn JavaObject) -> bool {
        let any: &(dyn std::any::Any + Send + Sync) = other;
        any.downcast_ref::<Self>()
            .is_some_and(|other| other.logical == self.logical && other.conversion == self.conversion)
    }

    fn java_hash(&self) -> i32 {
        string_hash(&self.java_string())
    }

    fn java_string(&self) -> String {
        self.logical.to_string()
    }

    fn as_text(&self) -> Option<String> {
        Some(self.logical.as_serializable_string())
    }
}

fn this(call: &Call<'_>) -> Outcome<Arc<DataType>> {
    call.this()
}

fn with_nullable(call: &Call<'_>, nullable: bool) -> Outcome {
    let data_type = this(call)?;
    Ok(JavaValue::object(DataType {
        logical: data_type.logical.with_nullable(nullable),
        conversion: data_type.conversion,
    }))
}

/// The types that a type is made of.
fn children(logical: &LogicalType) -> Vec<JavaValue> {
    match &logical.kind {
        TypeKind::Array(element) | TypeKind::Multiset(element) => {
            vec![DataType::value(element.as_ref().clone())]
        }
        TypeKind::Map(key, value) => vec![
            DataType::value(key.as_ref().clone()),
            DataType::value(value.as_ref().clone()),
        ],
        TypeKind::Row(fields) => fields
            .iter()
            .map(|field| DataType::value(field.field_type.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

fn child(call: &Call<'_>, position: usize) -> Outcome {
    let children = children(&this(call)?.logical);
    Ok(children.get(position).cloned().unwrap_or(JavaValue::Null))
}

pub(super) fn classes() -> Vec<Class> {
    const DATA_TYPE: &str = "org.apache.flink.table.types.DataType";
    vec![
        Class::new("org.apache.flink.table.types.AbstractDataType"),
        Class::new(DATA_TYPE)
            .extends("org.apache.flink.table.types.AbstractDataType")
            .method("DataType notNull()", |call| with_nullable(call, false))
            .method("DataType nullable()", |call| with_nullable(call, true))
            .method("DataType bridgedTo(Class)", |call| {
                let class = call.object::<ClassObject>(0)?.name;
                Ok(JavaValue::object(DataType {
                    logical: this(call)?.logical.clone(),
                    conversion: Some(class),
                }))
            })
            .method("Object getLogicalType()", |call| {
                Ok(JavaValue::object(LogicalTypeObject(this(call)?.logical.clone())))
            })
            .method("List getChildren()", |call| {
                Ok(array_list(children(&this(call)?.logical)))
            })
            .method("Class getConversionClass()", |call| {
                Ok(ClassObject::of(
                    this(call)?.conversion.unwrap_or("java.lang.Object"),
                ))
            }),
        Class::new("org.apache.flink.table.types.AtomicDataType").extends(DATA_TYPE),
        Class::new("org.apache.flink.table.types.CollectionDataType")
            .extends(DATA_TYPE)
            .method("DataType getElementDataType()", |call| child(call, 0)),
        Class::new("org.apache.flink.table.types.KeyValueDataType")
            .extends(DATA_TYPE)
            .method("DataType getKeyDataType()", |call| child(call, 0))
            .method("DataType getValueDataType()", |call| child(call, 1)),
        Class::new("org.apache.flink.table.types.FieldsDataType").extends(DATA_TYPE),
    ]
}
