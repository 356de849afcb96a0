//! `java.net.InetAddress`.

use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs as _};

use super::super::class::Class;
use super::super::failure::Failure;
use super::super::value::JavaValue;
use crate::model::JavaObject;

/// An address with the name that it was asked for by.
struct InetAddress {
    name: String,
    address: IpAddr,
}

impl JavaObject for InetAddress {
    fn class_name(&self) -> &'static str {
        "java.net.Inet4Address"
    }

    fn java_string(&self) -> String {
        format!("{}/{}", self.name, self.address)
    }
}

/// This machine.
pub(crate) fn loopback() -> JavaValue {
    JavaValue::object(InetAddress {
        name: "localhost".to_owned(),
        address: Ipv4Addr::LOCALHOST.into(),
    })
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        Class::new("java.net.InetAddress")
            .function("java.net.InetAddress getLoopbackAddress()", |_| Ok(loopback()))
            .function("java.net.InetAddress getLocalHost()", |_| Ok(loopback()))
            .function("java.net.InetAddress getByName(String)", |call| {
                let name = call.text(0)?;
                let is_address = name.parse::<IpAddr>().is_ok();
                let found = (name, 0u16).to_socket_addrs().ok().and_then(|mut all| all.next());
                match found {
                    Some(found) => Ok(JavaValue::object(InetAddress {
                        name: if is_address {
                            String::new()
                        } else {
                            name.to_owned()
                        },
                        address: found.ip(),
                    })),
                    None => Err(Failure::thrown(
                        "java.net.UnknownHostException",
                        format!("{name}: Name or service not known"),
                    )),
                }
            })
            .method("String getHostAddress()", |call| {
                Ok(call.this::<InetAddress>()?.address.to_string().into())
            })
            .method("String getHostName()", |call| {
                Ok(call.this::<InetAddress>()?.name.as_str().into())
            }),
        Class::new("java.net.Inet4Address").extends("java.net.InetAddress"),
    ]
}
