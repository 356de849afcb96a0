//! `String`: its objects are values, so what is left are static methods and constructors.

use super::super::class::Class;
use super::super::collection::elements_of;
use super::super::failure::Failure;
use super::super::util::format::format;
use super::super::value::JavaValue;

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.lang.String")
            .implements(&[
                "java.lang.CharSequence",
                "java.lang.Comparable",
                "java.io.Serializable",
            ])
            .constructor("()", |_| Ok("".into()))
            .constructor("(String)", |call| Ok(call.text(0)?.into()))
            .constructor("(byte[])", |call| decode(call.value(0)?, "UTF-8"))
            .constructor("(byte[], String)", |call| decode(call.value(0)?, call.text(1)?))
            .function("String valueOf(Object)", |call| {
                let value = call.value(0)?.clone();
                Ok(call.machine.to_text(call.thread, &value)?.into())
            })
            .function("String valueOf(boolean)", |call| {
                Ok(call.value(0)?.to_text().into())
            })
            .function("String valueOf(char)", |call| Ok(call.value(0)?.to_text().into()))
            .function("String valueOf(int)", |call| Ok(call.value(0)?.to_text().into()))
            .function("String valueOf(long)", |call| Ok(call.value(0)?.to_text().into()))
            .function("String valueOf(float)", |call| {
                Ok(call.value(0)?.to_text().into())
            })
            .function("String valueOf(double)", |call| {
                Ok(call.value(0)?.to_text().into())
            })
            .function("String join(CharSequence, Iterable)", |call| {
                let texts: Vec<String> = elements_of(call.value(1)?)?
                    .iter()
                    .map(JavaValue::to_text)
                    .collect();
                Ok(texts.join(call.text(0)?).into())
            })
            .function("String join(CharSequence, CharSequence[])", |call| {
                let texts: Vec<String> = elements_of(call.value(1)?)?
                    .iter()
                    .map(JavaValue::to_text)
                    .collect();
                Ok(texts.join(call.text(0)?).into())
            })
            .function("String format(String, Object[])", |call| {
                let arguments = elements_of(call.value(1)?)?;
                Ok(format(call.text(0)?, &arguments)?.into())
            }),
    ]
}

fn decode(bytes: &JavaValue, charset: &str) -> super::super::failure::Outcome {
    let JavaValue::Bytes(bytes) = bytes else {
        return Err(Failure::bare("java.lang.NullPointerException"));
    };
    if charset.eq_ignore_ascii_case("UTF-8") {
        return Ok(String::from_utf8_lossy(bytes).into_owned().into());
    }
    if charset.eq_ignore_ascii_case("ISO-8859-1") {
        return Ok(bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>()
            .into());
    }
    Err(Failure::thrown("java.io.UnsupportedEncodingException", charset))
}
