//! INET_ATON and INET_NTOA: IPv4 addresses as numbers.

use std::net::Ipv4Addr;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use datafusion_physical_expr::PhysicalExpr;
use nutkin_plan::types::{LogicalType, TypeKind};

use crate::call::Call;
use crate::columns::text_column;
use crate::error::Result;

/// `INET_ATON(text)`: the last of one to four parts fills the rest of the address, as in MySQL.
pub(super) fn to_number(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    Ok(call.with(Arc::new(|values| {
        let text = values.texts(0)?;
        let numbers: Int64Array = (0..values.rows()).map(|row| number(text.get(row)?)).collect();
        Ok(Arc::new(numbers) as ArrayRef)
    })))
}

fn number(address: &str) -> Option<i64> {
    let parts = address
        .split('.')
        .map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            let value: u8 = digits
                .then(|| part.trim_start_matches('0'))?
                .parse()
                .or_else(|_| {
                    // Zeros alone have been trimmed to nothing.
                    if part.bytes().all(|byte| byte == b'0') {
                        Ok(0)
                    } else {
                        Err(())
                    }
                })
                .ok()?;
            Some(i64::from(value))
        })
        .collect::<Option<Vec<_>>>()?;
    Some(match parts.as_slice() {
        [only] => *only,
        [first, last] => first << 24 | last,
        [first, second, last] => first << 24 | second << 16 | last,
        [first, second, third, last] => first << 24 | second << 16 | third << 8 | last,
        _ => return None,
    })
}

/// `INET_NTOA(number)`: NULL for what is no number of 32 bits.
pub(super) fn to_text(mut call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    call.cast_argument(0, &LogicalType::nullable(TypeKind::BigInt))?;
    Ok(call.with(Arc::new(|values| {
        let number = values.longs(0)?;
        text_column(values.rows(), |row, out| {
            let number = u32::try_from(number.get(row)?).ok()?;
            out.push_str(&Ipv4Addr::from_bits(number).to_string());
            Some(())
        })
    })))
}
