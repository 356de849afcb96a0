//! Each aggregate function by value: types, NULL, DISTINCT, FILTER, and rows taken back.

use nutkin_engine::EngineError;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::operator::GroupAggregate;
use nutkin_engine::schema::relaxed;
use nutkin_plan::function::BuiltInFunction;
use nutkin_plan::function::definitions::{AVG, COUNT, MAX, MIN, SUM, SUM0};
use nutkin_plan::operation::AggregateCall;

use crate::kit::{aggregate, chunk, column, run, schema_of};

/// The changes of one global aggregate, row by row and folded.
fn both(
    header: &str,
    call: &AggregateCall,
    result: &str,
    retracting: bool,
    rows: &[Chunk],
) -> [Vec<String>; 2] {
    [true, false].map(|emit_update_before| {
        let mut operator = GroupAggregate::new(
            &nutkin_functions::EvaluationContext::default(),
            &[],
            std::slice::from_ref(call),
            &relaxed(&schema_of(header)),
            relaxed(&schema_of(&format!("r:{result}"))),
            emit_update_before,
            retracting,
        )
        .unwrap();
        run(&mut operator, rows).unwrap()
    })
}

/// The final result of `function` over values of a type.
fn result_of(function: &'static BuiltInFunction, value_type: &str, result: &str, values: &[&str]) -> String {
    let header = format!("v:{value_type}");
    let mut text = format!("op {header}\n");
    for value in values {
        text.push_str(&format!("+I {value}\n"));
    }
    let call = aggregate(function, column(&schema_of(&header), "v"), result);
    let [per_record, folded] = both(&header, &call, result, true, &[chunk(&text)]);
    let last = |rows: &[String]| rows.last().unwrap()[3..].to_owned();
    assert_eq!(last(&per_record), last(&folded));
    last(&folded)
}

#[test]
fn sums_keep_their_type_and_wrap() {
    assert_eq!(result_of(&SUM, "INT", "INT", &["2147483647", "1"]), "-2147483648");
    assert_eq!(
        result_of(&SUM, "TINYINT", "TINYINT", &["127", "1", "NULL"]),
        "-128"
    );
    assert_eq!(
        result_of(&SUM, "BIGINT", "BIGINT", &["9223372036854775807", "1"]),
        "-9223372036854775808"
    );
    assert_eq!(result_of(&SUM, "FLOAT", "FLOAT", &["0.5", "0.25"]), "0.75");
    assert_eq!(
        result_of(&SUM, "DOUBLE", "DOUBLE", &["0.1", "0.2"]),
        "0.30000000000000004"
    );
    assert_eq!(
        result_of(&SUM, "DECIMAL(5,2)", "DECIMAL(38,2)", &["999.99", "0.02"]),
        "1000.01"
    );
    assert_eq!(result_of(&SUM, "INT", "INT", &["NULL", "NULL"]), "NULL");
    assert_eq!(result_of(&SUM0, "INT", "INT", &["NULL", "NULL"]), "0");
}

#[test]
fn a_decimal_sum_beyond_38_digits_is_null() {
    let nines = "9".repeat(38);
    assert_eq!(
        result_of(&SUM, "DECIMAL(38,0)", "DECIMAL(38,0)", &[&nines, "1"]),
        "NULL"
    );
}

#[test]
fn averages_have_flinks_types() {
    // AVG of INT is INT, cut towards zero.
    assert_eq!(result_of(&AVG, "INT", "INT", &["1", "2", "2", "NULL"]), "1");
    assert_eq!(result_of(&AVG, "BIGINT", "BIGINT", &["-1", "-2"]), "-1");
    assert_eq!(result_of(&AVG, "DOUBLE", "DOUBLE", &["1", "2"]), "1.5");
    assert_eq!(result_of(&AVG, "FLOAT", "FLOAT", &["0.5", "1"]), "0.75");
    // AVG of DECIMAL(p, s) is DECIMAL(38, max(s, 6)), rounded half up.
    assert_eq!(
        result_of(&AVG, "DECIMAL(5,2)", "DECIMAL(38,6)", &["1.00", "1.00", "0.00"]),
        "0.666667"
    );
    assert_eq!(
        result_of(&AVG, "DECIMAL(5,2)", "DECIMAL(38,6)", &["-1.00", "-1.00", "0.00"]),
        "-0.666667"
    );
    assert_eq!(result_of(&AVG, "INT", "INT", &["NULL"]), "NULL");
}

#[test]
fn extremes_of_every_ordered_type() {
    for (value_type, values, least, greatest) in [
        ("INT", ["3", "-4", "NULL"], "-4", "3"),
        ("BIGINT", ["3", "-4", "NULL"], "-4", "3"),
        ("DOUBLE", ["-0.5", "-1.5", "NULL"], "-1.5", "-0.5"),
        ("FLOAT", ["2.5", "-1.5", "NULL"], "-1.5", "2.5"),
        ("BOOLEAN", ["true", "false", "NULL"], "false", "true"),
        (
            "DATE",
            ["2020-01-01", "1969-01-01", "NULL"],
            "1969-01-01",
            "2020-01-01",
        ),
        (
            "TIME(0)",
            ["12:00:00", "01:00:00", "NULL"],
            "01:00:00",
            "12:00:00",
        ),
        (
            "TIMESTAMP(6)",
            ["2020-01-01T00:00:00.000001", "1969-01-01T00:00:00", "NULL"],
            "1969-01-01T00:00:00",
            "2020-01-01T00:00:00.000001",
        ),
        ("STRING", ["b", "ab", "NULL"], "ab", "b"),
        ("DECIMAL(20,2)", ["1.10", "-1.10", "NULL"], "-1.10", "1.10"),
    ] {
        assert_eq!(
            result_of(&MIN, value_type, value_type, &values),
            least,
            "{value_type}"
        );
        assert_eq!(
            result_of(&MAX, value_type, value_type, &values),
            greatest,
            "{value_type}"
        );
        assert_eq!(
            result_of(&MIN, value_type, value_type, &["NULL"]),
            "NULL",
            "{value_type}"
        );
    }
}

#[test]
fn an_extreme_that_is_taken_back_gives_way_to_the_next() {
    for (value_type, [low, mid, high]) in [
        ("BIGINT", ["1", "2", "3"]),
        ("STRING", ["a", "b", "c"]),
        ("DECIMAL(10,1)", ["1.0", "2.0", "3.0"]),
        ("DOUBLE", ["1.0", "2.0", "3.0"]),
    ] {
        let header = format!("v:{value_type}");
        let call = aggregate(&MAX, column(&schema_of(&header), "v"), value_type);
        let rows = [chunk(&format!(
            "op {header}
             +I {mid}
             +I {high}
             +I {high}
             +I {low}
             -D {high}
             -D {high}
             -U {mid}
             +U {low}
             -D {low}"
        ))];
        let [per_record, _] = both(&header, &call, value_type, true, &rows);
        assert_eq!(
            per_record,
            [
                format!("+I {mid}"),
                format!("-U {mid}"),
                format!("+U {high}"),
                format!("-U {high}"),
                format!("+U {mid}"),
                format!("-U {mid}"),
                format!("+U {low}"),
            ]
        );
    }
}

#[test]
fn an_extreme_of_an_insert_only_input_refuses_retractions() {
    let header = "v:BIGINT";
    let call = aggregate(&MIN, column(&schema_of(header), "v"), "BIGINT");
    let mut operator = GroupAggregate::new(
        &nutkin_functions::EvaluationContext::default(),
        &[],
        &[call],
        &relaxed(&schema_of(header)),
        relaxed(&schema_of(header)),
        true,
        false,
    )
    .unwrap();
    let error = run(&mut operator, &[chunk("op v:BIGINT\n+I 1\n+I 2\n-D 1")]).unwrap_err();
    assert!(matches!(error, EngineError::Internal { .. }), "{error}");
}

#[test]
fn distinct_values_count_once() {
    for (value_type, [x, y]) in [
        ("BIGINT", ["5", "7"]),
        ("STRING", ["x", "y"]),
        ("DECIMAL(4,1)", ["5.0", "7.0"]),
    ] {
        let header = format!("v:{value_type}");
        let mut call = aggregate(&COUNT, column(&schema_of(&header), "v"), "BIGINT");
        call.distinct = true;
        let rows = [chunk(&format!(
            "op {header}
             +I {x}
             +I {x}
             +I NULL
             +I {y}
             -D {x}
             -D {x}"
        ))];
        let [per_record, folded] = both(&header, &call, "BIGINT", true, &rows);
        assert_eq!(per_record, ["+I 1", "-U 1", "+U 2", "-U 2", "+U 1"]);
        assert_eq!(folded, ["+I 1"]);
    }
    let mut sum = aggregate(&SUM, column(&schema_of("v:INT"), "v"), "INT");
    sum.distinct = true;
    let rows = [chunk("op v:INT\n+I 3\n+I 3\n+I 4")];
    assert_eq!(both("v:INT", &sum, "INT", false, &rows)[1], ["+I 7"]);
}

#[test]
fn a_filter_lets_only_true_rows_in() {
    let header = "v:INT p:BOOLEAN";
    let schema = schema_of(header);
    let mut call = aggregate(&SUM, column(&schema, "v"), "INT");
    call.filter = Some(column(&schema, "p"));
    let rows = [chunk(
        "op v:INT p:BOOLEAN
         +I 1 false
         +I 2 true
         +I 4 NULL
         +I 8 true
         -D 2 true",
    )];
    let [per_record, folded] = both(header, &call, "INT", true, &rows);
    assert_eq!(
        per_record,
        ["+I NULL", "-U NULL", "+U 2", "-U 2", "+U 10", "-U 10", "+U 8"]
    );
    assert_eq!(folded, ["+I 8"]);
}

#[test]
fn count_of_a_column_leaves_nulls_out() {
    let call = aggregate(&COUNT, column(&schema_of("v:INT"), "v"), "BIGINT");
    let rows = [chunk("op v:INT\n+I NULL\n+I 1\n+I NULL\n-D NULL\n-D 1")];
    assert_eq!(
        both("v:INT", &call, "BIGINT", true, &rows)[0],
        ["+I 0", "-U 0", "+U 1", "-U 1", "+U 0"]
    );
}

#[test]
fn count_of_several_columns_needs_all_of_them() {
    let header = "a:INT b:STRING";
    let schema = schema_of(header);
    let mut call = aggregate(&COUNT, column(&schema, "a"), "BIGINT");
    call.arguments.push(column(&schema, "b"));
    let rows = [chunk(
        "op a:INT b:STRING
         +I 1 x
         +I NULL x
         +I 1 NULL
         +I 1 x
         +I 2 x",
    )];
    assert_eq!(both(header, &call, "BIGINT", false, &rows)[1], ["+I 3"]);
    call.distinct = true;
    assert_eq!(both(header, &call, "BIGINT", false, &rows)[1], ["+I 2"]);
}

#[test]
fn what_is_not_aggregated_is_named() {
    let header = "v:ARRAY<INT>";
    let call = aggregate(&MIN, column(&schema_of(header), "v"), "ARRAY<INT>");
    let schema = relaxed(&schema_of(header));
    let error = GroupAggregate::new(
        &nutkin_functions::EvaluationContext::default(),
        &[],
        &[call],
        &schema,
        schema.clone(),
        true,
        false,
    )
    .err()
    .unwrap();
    assert!(error.to_string().contains("'min'"), "{error}");
    assert_eq!(error.java_class(), "java.lang.UnsupportedOperationException");
}
