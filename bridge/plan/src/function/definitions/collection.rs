//! Constructors and functions of ARRAY, MAP, MULTISET and ROW, and access to their parts.

use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::built_in::{BuiltInFunction, FunctionKind, Support};
use crate::function::output::{self, Arguments};
use crate::function::signature::{Parameter, Signature};
use crate::types::derive::{common_type, is_character_string, is_constructed, is_exact_numeric};
use crate::types::{LogicalType, RowField, TypeKind};

const ONE_ARRAY: Signature = adapted(1, Some(1), "<ARRAY>", one_array);
const ORDERED_ARRAY: Signature = adapted(1, Some(1), "<ARRAY>", ordered_array);
const ARRAY_ELEMENT: Signature = adapted(2, Some(2), "<ARRAY>, <ARRAY ELEMENT>", array_and_element);
const TWO_ARRAYS: Signature = adapted(2, Some(2), "<ARRAY>, <ARRAY>", common_arguments_of_arrays);
const ONE_MAP: Signature = adapted(1, Some(1), "<MAP>", one_map);

const fn adapted(
    fewest: usize,
    most: Option<usize>,
    shown: &'static str,
    adapt: fn(&[LogicalType]) -> Option<Vec<LogicalType>>,
) -> Signature {
    Signature::Adapted {
        fewest,
        most,
        shown,
        adapt,
    }
}

functions! {
    ARRAY = Scalar "array", sql Some("ARRAY"), aliases &[],
        &[adapted(1, None, "<COMMON>...", common_arguments)] => array_of, Support::Executable;
    MAP = Scalar "map", sql Some("MAP"), aliases &[],
        &[adapted(2, None, "<KEY>, <VALUE>...", map_arguments)] => map_of, Support::Executable;
    ROW = Scalar "row", sql Some("ROW"), aliases &[],
        &[Signature::Varying(&[Parameter::Any])] => row_of, Support::Executable;
    AT = Scalar "at", sql Some("AT"), aliases &[],
        &[adapted(2, Some(2), "<ARRAY>, <INTEGER>\n<MAP>, <KEY>", container_and_key)] => part_at, Support::Executable;
    GET = Scalar "get", sql None, aliases &[],
        &[Signature::Sequence(&[Parameter::Any, Parameter::Any])] => field_of, Support::Executable;
    CARDINALITY = Scalar "cardinality", sql Some("CARDINALITY"), aliases &[],
        &[adapted(1, Some(1), "<COLLECTION>", one_collection)] => output::integer, Support::Executable;
    ELEMENT = Scalar "element", sql Some("ELEMENT"), aliases &[],
        &[adapted(1, Some(1), "<COLLECTION>", one_collection)] => element_of, Support::Executable;
    ARRAY_APPEND = Scalar "ARRAY_APPEND", sql Some("ARRAY_APPEND"), aliases &[],
        &[ARRAY_ELEMENT] => sliced, Support::Executable;
    ARRAY_PREPEND = Scalar "ARRAY_PREPEND", sql Some("ARRAY_PREPEND"), aliases &[],
        &[ARRAY_ELEMENT] => sliced, Support::Executable;
    ARRAY_CONCAT = Scalar "ARRAY_CONCAT", sql Some("ARRAY_CONCAT"), aliases &[],
        &[adapted(1, None, "<ARRAY>...", common_arguments_of_arrays)] => sliced, Support::Executable;
    ARRAY_CONTAINS = Scalar "ARRAY_CONTAINS", sql Some("ARRAY_CONTAINS"), aliases &[],
        &[ARRAY_ELEMENT] => contained, Support::Executable;
    ARRAY_DISTINCT = Scalar "ARRAY_DISTINCT", sql Some("ARRAY_DISTINCT"), aliases &[],
        &[ONE_ARRAY] => first_argument_type, Support::Executable;
    ARRAY_EXCEPT = Scalar "ARRAY_EXCEPT", sql Some("ARRAY_EXCEPT"), aliases &[],
        &[TWO_ARRAYS] => sliced, Support::Executable;
    ARRAY_INTERSECT = Scalar "ARRAY_INTERSECT", sql Some("ARRAY_INTERSECT"), aliases &[],
        &[TWO_ARRAYS] => sliced, Support::Executable;
    ARRAY_UNION = Scalar "ARRAY_UNION", sql Some("ARRAY_UNION"), aliases &[],
        &[TWO_ARRAYS] => sliced, Support::Executable;
    ARRAY_JOIN = Scalar "ARRAY_JOIN", sql Some("ARRAY_JOIN"), aliases &[],
        &[adapted(2, Some(3), "<ARRAY<STRING>>, <CHARACTER_STRING>, [<CHARACTER_STRING>]", join_arguments)] => output::string, Support::Executable;
    ARRAY_MAX = Scalar "ARRAY_MAX", sql Some("ARRAY_MAX"), aliases &[],
        &[ORDERED_ARRAY] => element_or_null, Support::Executable;
    ARRAY_MIN = Scalar "ARRAY_MIN", sql Some("ARRAY_MIN"), aliases &[],
        &[ORDERED_ARRAY] => element_or_null, Support::Executable;
    ARRAY_POSITION = Scalar "ARRAY_POSITION", sql Some("ARRAY_POSITION"), aliases &[],
        &[ARRAY_ELEMENT] => output::integer, Support::Executable;
    ARRAY_REMOVE = Scalar "ARRAY_REMOVE", sql Some("ARRAY_REMOVE"), aliases &[],
        &[ARRAY_ELEMENT] => first_argument_type, Support::Executable;
    ARRAY_REVERSE = Scalar "ARRAY_REVERSE", sql Some("ARRAY_REVERSE"), aliases &[],
        &[ONE_ARRAY] => first_argument_type, Support::Executable;
    ARRAY_SLICE = Scalar "ARRAY_SLICE", sql Some("ARRAY_SLICE"), aliases &[],
        &[adapted(2, Some(3), "<ARRAY>, <INTEGER>, [<INTEGER>]", slice_arguments)] => sliced, Support::Executable;
    ARRAY_SORT = Scalar "ARRAY_SORT", sql Some("ARRAY_SORT"), aliases &[],
        &[adapted(1, Some(3), "<ARRAY>, [<BOOLEAN>], [<BOOLEAN>]", sort_arguments)] => sliced, Support::Executable;
    MAP_KEYS = Scalar "MAP_KEYS", sql Some("MAP_KEYS"), aliases &[],
        &[ONE_MAP] => keys_of, Support::Executable;
    MAP_VALUES = Scalar "MAP_VALUES", sql Some("MAP_VALUES"), aliases &[],
        &[ONE_MAP] => values_of, Support::Executable;
    MAP_ENTRIES = Scalar "MAP_ENTRIES", sql Some("MAP_ENTRIES"), aliases &[],
        &[ONE_MAP] => entries_of, Support::Executable;
    MAP_FROM_ARRAYS = Scalar "MAP_FROM_ARRAYS", sql Some("MAP_FROM_ARRAYS"), aliases &[],
        &[adapted(2, Some(2), "<ARRAY>, <ARRAY>", any_two_arrays)] => map_of_arrays, Support::Executable;
    MAP_UNION = Scalar "MAP_UNION", sql Some("MAP_UNION"), aliases &[],
        &[adapted(1, None, "<MAP>...", common_maps)] => widest_map, Support::Executable;
}

/// The type of the elements of an ARRAY or MULTISET.
fn element(container: &LogicalType) -> Option<&LogicalType> {
    match &container.kind {
        TypeKind::Array(element) | TypeKind::Multiset(element) => Some(element),
        _ => None,
    }
}

fn array(element: LogicalType) -> TypeKind {
    TypeKind::Array(Box::new(element))
}

fn entry_types(map: &LogicalType) -> Option<(&LogicalType, &LogicalType)> {
    match &map.kind {
        TypeKind::Map(key, value) => Some((key, value)),
        _ => None,
    }
}

/// Each type as the common one, with its own nullability.
fn common_arguments(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let common = common_type(types)?;
    Some(
        types
            .iter()
            .map(|actual| common.with_nullable(actual.nullable))
            .collect(),
    )
}

fn map_arguments(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    if !types.len().is_multiple_of(2) || types.iter().any(|actual| actual.kind == TypeKind::Null) {
        return None;
    }
    let every_other =
        |start: usize| -> Vec<LogicalType> { types.iter().skip(start).step_by(2).cloned().collect() };
    let (keys, values) = (
        common_arguments(&every_other(0))?,
        common_arguments(&every_other(1))?,
    );
    Some(
        keys.into_iter()
            .zip(values)
            .flat_map(|(key, value)| [key, value])
            .collect(),
    )
}

fn one_array(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    matches!(types.first()?.kind, TypeKind::Array(_)).then(|| types.to_vec())
}

fn one_map(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    entry_types(types.first()?).map(|_| types.to_vec())
}

fn one_collection(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    matches!(
        types.first()?.kind,
        TypeKind::Array(_) | TypeKind::Map(..) | TypeKind::Multiset(_)
    )
    .then(|| types.to_vec())
}

fn any_two_arrays(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    types
        .iter()
        .all(|actual| matches!(actual.kind, TypeKind::Array(_)))
        .then(|| types.to_vec())
}

/// An array, and a value that its elements are compared with or that becomes one of them.
fn array_and_element(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let [container, value] = types else { return None };
    let TypeKind::Array(own) = &container.kind else {
        return None;
    };
    let common = common_type(&[own.as_ref().clone(), value.clone()])?;
    let is_text = is_character_string(&own.kind) && is_character_string(&value.kind);
    if common.kind != own.kind && !is_text {
        return None;
    }
    Some(vec![
        LogicalType {
            kind: array(common.clone()),
            nullable: container.nullable,
        },
        common.with_nullable(value.nullable),
    ])
}

fn common_arguments_of_arrays(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let elements: Vec<LogicalType> = types
        .iter()
        .map(|container| match &container.kind {
            TypeKind::Array(element) => Some(element.as_ref().clone()),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let common = common_type(&elements)?;
    Some(
        types
            .iter()
            .map(|container| LogicalType {
                kind: array(common.clone()),
                nullable: container.nullable,
            })
            .collect(),
    )
}

fn common_maps(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    types
        .iter()
        .all(|actual| entry_types(actual).is_some())
        .then_some(())?;
    common_arguments(types)
}

fn join_arguments(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let (first, rest) = types.split_first()?;
    let texts = std::iter::once(element(first)?).chain(rest);
    texts
        .into_iter()
        .all(|actual| is_character_string(&actual.kind))
        .then(|| types.to_vec())
}

fn integer_or_null(actual: &LogicalType) -> Option<LogicalType> {
    let is_integer = is_exact_numeric(&actual.kind) && !matches!(actual.kind, TypeKind::Decimal { .. });
    (is_integer || actual.kind == TypeKind::Null).then_some(LogicalType {
        kind: TypeKind::Int,
        nullable: actual.nullable,
    })
}

fn slice_arguments(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let (first, rest) = types.split_first()?;
    matches!(first.kind, TypeKind::Array(_)).then_some(())?;
    let mut adapted = vec![first.clone()];
    for actual in rest {
        adapted.push(integer_or_null(actual)?);
    }
    Some(adapted)
}

fn sort_arguments(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let (first, rest) = types.split_first()?;
    let is_valid = is_ordered(element(first)?) && rest.iter().all(|actual| actual.kind == TypeKind::Boolean);
    is_valid.then(|| types.to_vec())
}

fn container_and_key(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    let [container, key] = types else { return None };
    let key = match &container.kind {
        TypeKind::Array(_) => integer_or_null(key)?,
        TypeKind::Map(own, _) => {
            common_type(&[own.as_ref().clone(), key.clone()])?;
            LogicalType {
                kind: own.kind.clone(),
                nullable: key.nullable,
            }
        }
        _ => return None,
    };
    Some(vec![container.clone(), key])
}

fn array_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(LogicalType::not_null(array(common_type(arguments.types)?)))
}

fn map_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let every_other = |start: usize| -> Vec<LogicalType> {
        arguments.types.iter().skip(start).step_by(2).cloned().collect()
    };
    Some(LogicalType::not_null(TypeKind::Map(
        Box::new(common_type(&every_other(0))?),
        Box::new(common_type(&every_other(1))?),
    )))
}

fn row_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let fields = arguments
        .types
        .iter()
        .enumerate()
        .map(|(index, field_type)| RowField {
            name: format!("f{index}"),
            field_type: field_type.clone(),
            description: None,
        })
        .collect();
    Some(LogicalType::not_null(TypeKind::Row(fields)))
}

/// What a subscript finds, which may be nothing.
fn part_at(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let container = arguments.types.first()?;
    let part = match &container.kind {
        TypeKind::Map(_, value) => value,
        _ => element(container)?,
    };
    Some(part.with_nullable(true))
}

/// The field of a row that a constant names or counts.
fn field_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let row = arguments.types.first()?;
    let TypeKind::Row(fields) = &row.kind else {
        return None;
    };
    let field = match arguments.expressions.get(1)? {
        ResolvedExpression::Literal {
            value: LiteralValue::String(name),
            ..
        } => fields.iter().find(|field| field.name == *name)?,
        ResolvedExpression::Literal {
            value: LiteralValue::Integer(index),
            ..
        } => fields.get(usize::try_from(*index).ok()?)?,
        _ => return None,
    };
    let nullable = field.field_type.nullable || row.nullable;
    Some(field.field_type.with_nullable(nullable))
}

fn first_argument_type(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.types.first().cloned()
}

/// The type of the first argument, nullable if one of them is.
fn sliced(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(arguments.types.first()?.kind.clone())
}

fn contained(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let nullable = arguments.types.first()?.nullable;
    Some(LogicalType {
        kind: TypeKind::Boolean,
        nullable,
    })
}

fn element_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let container = arguments.types.first()?;
    let element = element(container)?;
    Some(element.with_nullable(element.nullable || container.nullable))
}

/// An element, or NULL if there is none.
fn element_or_null(arguments: &Arguments<'_>) -> Option<LogicalType> {
    Some(element(arguments.types.first()?)?.with_nullable(true))
}

/// An array whose elements can be ordered.
fn ordered_array(types: &[LogicalType]) -> Option<Vec<LogicalType>> {
    is_ordered(element(types.first()?)?).then(|| types.to_vec())
}

fn is_ordered(actual: &LogicalType) -> bool {
    let kind = &actual.kind;
    !is_constructed(kind) && !matches!(kind, TypeKind::Boolean | TypeKind::Null)
}

fn keys_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let (key, _) = entry_types(arguments.types.first()?)?;
    arguments.of(array(key.clone()))
}

fn values_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let (_, value) = entry_types(arguments.types.first()?)?;
    arguments.of(array(value.clone()))
}

fn entries_of(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let (key, value) = entry_types(arguments.types.first()?)?;
    let field = |name: &str, field_type: &LogicalType| RowField {
        name: name.to_owned(),
        field_type: field_type.clone(),
        description: None,
    };
    let row = TypeKind::Row(vec![field("key", key), field("value", value)]);
    arguments.of(array(LogicalType::nullable(row)))
}

fn map_of_arrays(arguments: &Arguments<'_>) -> Option<LogicalType> {
    let [keys, values] = arguments.types else {
        return None;
    };
    arguments.of(TypeKind::Map(
        Box::new(element(keys)?.clone()),
        Box::new(element(values)?.clone()),
    ))
}

fn widest_map(arguments: &Arguments<'_>) -> Option<LogicalType> {
    arguments.of(common_type(arguments.types)?.kind)
}
