//! `DataTypes`: data types by the names that they have in DDL, and by DDL checked.

use nutkin_plan::types::{LogicalType, RowField, TypeDialect, TypeKind, parse_type};

use super::super::call::Call;
use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::data_type::DataType;
use crate::model::JavaObject;

/// `DataTypes.FIELD`.
struct Field(RowField);

/// A part of an interval, such as `DataTypes.DAY()`.
struct Resolution(&'static str);

impl JavaObject for Field {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.api.DataTypes$Field"
    }
}

impl JavaObject for Resolution {
    fn class_name(&self) -> &'static str {
        "org.apache.flink.table.api.DataTypes$Resolution"
    }
}

/// The type that a DDL text names, with Flink's errors for impossible lengths and precisions.
fn ddl(text: &str) -> Outcome {
    Ok(DataType::value(parse_type(text, TypeDialect::Ddl)?))
}

fn logical(call: &Call<'_>, position: usize) -> Outcome<LogicalType> {
    match call.value(position)? {
        JavaValue::String(text) => Ok(parse_type(text, TypeDialect::Ddl)?),
        _ => Ok(call.object::<DataType>(position)?.logical.clone()),
    }
}

fn named(call: &mut Call<'_>) -> Outcome {
    let name = match call.method {
        "TIMESTAMP_WITH_LOCAL_TIME_ZONE" => "TIMESTAMP_LTZ",
        name => name,
    };
    let arguments: Vec<String> = call.arguments.iter().map(JavaValue::to_text).collect();
    if arguments.is_empty() {
        return ddl(name);
    }
    ddl(&format!("{name}({})", arguments.join(", ")))
}

fn no_zoned(_: &mut Call<'_>) -> Outcome {
    Err(Failure::unsupported(
        "TIMESTAMP WITH TIME ZONE",
        "use TIMESTAMP_LTZ, whose instants are shown in the zone of the session",
    ))
}

pub(super) fn classes() -> Vec<Class> {
    let class = [
        "DataType BOOLEAN()",
        "DataType TINYINT()",
        "DataType SMALLINT()",
        "DataType INT()",
        "DataType BIGINT()",
        "DataType FLOAT()",
        "DataType DOUBLE()",
        "DataType STRING()",
        "DataType BYTES()",
        "DataType DATE()",
        "DataType TIME()",
        "DataType TIMESTAMP()",
        "DataType TIMESTAMP_LTZ()",
        "DataType TIMESTAMP_WITH_LOCAL_TIME_ZONE()",
    ]
    .into_iter()
    .chain([
        "DataType CHAR(int)",
        "DataType VARCHAR(int)",
        "DataType BINARY(int)",
        "DataType VARBINARY(int)",
        "DataType TIME(int)",
        "DataType TIMESTAMP(int)",
        "DataType TIMESTAMP_LTZ(int)",
        "DataType TIMESTAMP_WITH_LOCAL_TIME_ZONE(int)",
        "DataType DECIMAL(int, int)",
    ])
    .fold(
        Class::new("org.apache.flink.table.api.DataTypes"),
        |class, signature| class.function(signature, named),
    );
    vec![
        intervals(nested(class))
            .function("DataType TIMESTAMP_WITH_TIME_ZONE()", no_zoned)
            .function("DataType TIMESTAMP_WITH_TIME_ZONE(int)", no_zoned)
            .function("DataType NULL()", |_| {
                Ok(DataType::value(LogicalType::nullable(TypeKind::Null)))
            })
            .function("DataType of(String)", |call| ddl(call.text(0)?)),
        Class::new("org.apache.flink.table.api.DataTypes$Field"),
        Class::new("org.apache.flink.table.api.DataTypes$Resolution"),
        view("org.apache.flink.table.api.dataview.ListView").function(
            "DataType newListViewDataType(DataType)",
            |call| {
                let element = logical(call, 0)?;
                let list = LogicalType::nullable(TypeKind::Array(Box::new(element)));
                Ok(view_type(
                    "list",
                    list,
                    "org.apache.flink.table.api.dataview.ListView",
                ))
            },
        ),
        view("org.apache.flink.table.api.dataview.MapView").function(
            "DataType newMapViewDataType(DataType, DataType)",
            |call| {
                let (key, value) = (logical(call, 0)?, logical(call, 1)?);
                let map = LogicalType::nullable(TypeKind::Map(Box::new(key), Box::new(value)));
                Ok(view_type(
                    "map",
                    map,
                    "org.apache.flink.table.api.dataview.MapView",
                ))
            },
        ),
    ]
}

fn nested(class: Class) -> Class {
    class
        .function("DataType ARRAY(Object)", |call| {
            Ok(DataType::value(LogicalType::nullable(TypeKind::Array(Box::new(
                logical(call, 0)?,
            )))))
        })
        .function("DataType MULTISET(Object)", |call| {
            Ok(DataType::value(LogicalType::nullable(TypeKind::Multiset(
                Box::new(logical(call, 0)?),
            ))))
        })
        .function("DataType MAP(Object, Object)", |call| {
            let (key, value) = (Box::new(logical(call, 0)?), Box::new(logical(call, 1)?));
            Ok(DataType::value(LogicalType::nullable(TypeKind::Map(key, value))))
        })
        .function("Object FIELD(String, DataType)", |call| {
            Ok(JavaValue::object(Field(RowField {
                name: call.text(0)?.to_owned(),
                field_type: logical(call, 1)?,
                description: None,
            })))
        })
        .function("Object FIELD(String, DataType, String)", |call| {
            Ok(JavaValue::object(Field(RowField {
                name: call.text(0)?.to_owned(),
                field_type: logical(call, 1)?,
                description: Some(call.text(2)?.to_owned()),
            })))
        })
        .function("DataType ROW()", |_| {
            Ok(DataType::value(LogicalType::nullable(TypeKind::Row(Vec::new()))))
        })
        .function("DataType ROW(Object[])", |call| {
            let fields = elements_of(call.value(0)?)?
                .iter()
                .enumerate()
                .map(|(position, element)| {
                    if let Some(field) = element.peek::<Field>() {
                        return Ok(field.0.clone());
                    }
                    match element.peek::<DataType>() {
                        Some(data_type) => Ok(RowField {
                            name: format!("f{position}"),
                            field_type: data_type.logical.clone(),
                            description: None,
                        }),
                        None => Err(Failure::illegal("ROW takes fields or data types")),
                    }
                })
                .collect::<Outcome<Vec<RowField>>>()?;
            Ok(DataType::value(LogicalType::nullable(TypeKind::Row(fields))))
        })
}

fn intervals(class: Class) -> Class {
    let class = [
        "Object YEAR()",
        "Object YEAR(int)",
        "Object MONTH()",
        "Object DAY()",
        "Object DAY(int)",
        "Object HOUR()",
        "Object MINUTE()",
        "Object SECOND()",
        "Object SECOND(int)",
    ]
    .into_iter()
    .fold(class, |class, signature| {
        class.function(signature, |call| Ok(JavaValue::object(Resolution(call.method))))
    });
    class
        .function("DataType INTERVAL(Object)", interval)
        .function("DataType INTERVAL(Object, Object)", interval)
}

fn interval(call: &mut Call<'_>) -> Outcome {
    let of_months = |position| {
        call.object::<Resolution>(position)
            .map(|resolution| matches!(resolution.0, "YEAR" | "MONTH"))
    };
    let months = of_months(0)?;
    if call.arguments.len() > 1 && of_months(1)? != months {
        return Err(Failure::thrown(
            "org.apache.flink.table.api.ValidationException",
            "Unsupported interval definition: years and months do not go with days and smaller units.",
        ));
    }
    let kind = if months {
        TypeKind::IntervalYearMonth
    } else {
        TypeKind::IntervalDayTime
    };
    Ok(DataType::value(LogicalType::nullable(kind)))
}

fn view(name: &'static str) -> Class {
    Class::new(name)
}

/// The type of a view: a row of what it holds, converted to the view's class.
fn view_type(field: &str, held: LogicalType, class: &'static str) -> JavaValue {
    JavaValue::object(DataType {
        logical: LogicalType::nullable(TypeKind::Row(vec![RowField {
            name: field.to_owned(),
            field_type: held,
            description: None,
        }])),
        conversion: Some(class),
    })
}
