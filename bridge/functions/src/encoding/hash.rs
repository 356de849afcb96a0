//! Hashes of bytes, or of the UTF-8 bytes of a string, as lower-case hexadecimal digits.

use std::sync::Arc;

use datafusion_physical_expr::PhysicalExpr;
use md5::{Digest, Md5};
use nutkin_plan::types::TypeKind;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::base::push_hex;
use crate::call::Call;
use crate::columns::{Bytes, Texts, text_column, try_text_column};
use crate::error::{FunctionError, Result};
use crate::function_expression::Values;

/// How a hash is computed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    fn push(self, bytes: &[u8], out: &mut String) {
        fn push<D: Digest>(bytes: &[u8], out: &mut String) {
            push_hex(&D::digest(bytes), false, out);
        }
        match self {
            Self::Md5 => push::<Md5>(bytes, out),
            Self::Sha1 => push::<Sha1>(bytes, out),
            Self::Sha224 => push::<Sha224>(bytes, out),
            Self::Sha256 => push::<Sha256>(bytes, out),
            Self::Sha384 => push::<Sha384>(bytes, out),
            Self::Sha512 => push::<Sha512>(bytes, out),
        }
    }

    /// The algorithm of SHA-2 with so many bits.
    fn of_bits(bits: i32) -> Result<Self> {
        match bits {
            224 => Ok(Self::Sha224),
            256 => Ok(Self::Sha256),
            384 => Ok(Self::Sha384),
            512 => Ok(Self::Sha512),
            _ => Err(FunctionError::Compute {
                class: "java.lang.IllegalArgumentException",
                message: format!("Unsupported algorithm: SHA-{bits}"),
            }),
        }
    }
}

/// The bytes of the first argument.
enum Input {
    Texts(Texts),
    Bytes(Bytes),
}

impl Input {
    fn of(values: &Values<'_>, binary: bool) -> Result<Self> {
        Ok(match binary {
            true => Self::Bytes(values.bytes(0)?),
            false => Self::Texts(values.texts(0)?),
        })
    }

    fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Texts(texts) => texts.get(row).map(str::as_bytes),
            Self::Bytes(bytes) => bytes.get(row),
        }
    }
}

fn is_binary(call: &Call<'_>) -> bool {
    matches!(call.types[0].kind, TypeKind::Binary(_) | TypeKind::VarBinary(_))
}

/// `MD5(value)` and its kin.
pub(super) fn hash(call: Call<'_>, algorithm: Algorithm) -> Result<Arc<dyn PhysicalExpr>> {
    let binary = is_binary(&call);
    Ok(call.with(Arc::new(move |values| {
        let input = Input::of(values, binary)?;
        text_column(values.rows(), |row, out| {
            algorithm.push(input.get(row)?, out);
            Some(())
        })
    })))
}

/// `SHA2(value, bits)`.
pub(super) fn sha2(call: Call<'_>) -> Result<Arc<dyn PhysicalExpr>> {
    let binary = is_binary(&call);
    Ok(call.with(Arc::new(move |values| {
        let (input, bits) = (Input::of(values, binary)?, values.integers(1)?);
        try_text_column(values.rows(), |row, out| {
            let (Some(bytes), Some(bits)) = (input.get(row), bits.get(row)) else {
                return Ok(None);
            };
            Algorithm::of_bits(bits)?.push(bytes, out);
            Ok(Some(()))
        })
    })))
}
