//! Every expression of Flink's API: the calls that build it, and the text that Flink prints for it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use nutkin_gateway::Gateway;
use nutkin_gateway::door::InProcess;
use nutkin_protocol::{Call, Elapsed, ObjectReference, Reply, Target, Value};
use serde_json::Value as Json;

/// The cases, recorded from Flink; `record.py` beside the file tells what is in it.
const CASES: &str = include_str!("../../../../tests/printed_expressions/cases.json");

/// Flink prints a Duration as one where Java made the constant, here every interval counts milliseconds.
const DIFFERENT: &[(&str, &str)] = &[("lit(datetime.timedelta(days=1))", "86400000")];

fn value(json: &Json) -> Value {
    let entry = |name: &str| json.get(name);
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    if let Some(id) = entry("object") {
        return Value::Object(ObjectReference {
            id: id.as_u64().unwrap(),
            class: String::new(),
        });
    }
    if let Some(decimal) = entry("decimal") {
        return Value::Decimal(text(decimal));
    }
    if let Some(bytes) = entry("bytes") {
        let bytes = bytes.as_array().unwrap();
        return Value::Bytes(bytes.iter().map(|byte| byte.as_u64().unwrap() as u8).collect());
    }
    if let Some(date) = entry("date") {
        let date: NaiveDate = text(date).parse().unwrap();
        return Value::Date((date - NaiveDate::default()).num_days() as i32);
    }
    if let Some(time) = entry("time") {
        let time: NaiveTime = text(time).parse().unwrap();
        return Value::Time(i64::from(time.num_seconds_from_midnight()) * 1_000_000_000);
    }
    if let Some(timestamp) = entry("timestamp") {
        let timestamp: NaiveDateTime = text(timestamp).parse().unwrap();
        return Value::Timestamp(Elapsed::from_micros(timestamp.and_utc().timestamp_micros()));
    }
    if let Some(seconds) = entry("seconds") {
        return Value::Duration(Elapsed::from_micros(seconds.as_i64().unwrap() * 1_000_000));
    }
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(*value),
        Json::String(text) => Value::String(text.clone()),
        Json::Number(number) => match number.as_i64() {
            Some(number) => i32::try_from(number).map_or(Value::Long(number), Value::Int),
            None => Value::Double(number.as_f64().unwrap()),
        },
        other => panic!("no argument: {other}"),
    }
}

#[test]
fn every_expression_prints_as_in_flink() {
    let gateway = std::sync::Arc::new(Gateway::new(None));
    let cases: Vec<Json> = serde_json::from_str(CASES).unwrap();
    let mut checked = 0;
    for case in cases.iter().filter(|case| case.get("text").is_some()) {
        let python = case["python"].as_str().unwrap();
        let mut calls: Vec<Call> = case["calls"]
            .as_array()
            .unwrap()
            .iter()
            .map(|call| Call {
                target: match &call[0] {
                    Json::String(class) => Target::Class(class.clone()),
                    id => Target::Object(id.as_u64().unwrap()),
                },
                method: call[1].as_str().unwrap().to_owned(),
                arguments: call[2].as_array().unwrap().iter().map(value).collect(),
                result: call[3].as_u64().unwrap(),
            })
            .collect();
        let expression = calls.last().unwrap().result;
        calls.push(Call {
            target: Target::Object(expression),
            method: "asSummaryString".to_owned(),
            arguments: Vec::new(),
            result: expression + 1,
        });
        let session = InProcess::connect(&gateway);
        let reply = session.batch(crate::support::calls(calls), &mut || true);
        let different = DIFFERENT.iter().find(|(other, _)| *other == python);
        let expected = different.map_or_else(|| case["text"].as_str().unwrap(), |(_, text)| text);
        match reply {
            Reply::Value(Value::String(text)) => assert_eq!(text, expected, "{python}"),
            other => panic!("{python}: {other:?}"),
        }
        checked += 1;
    }
    assert_eq!(checked, 359);
}
