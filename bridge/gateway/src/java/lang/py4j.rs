//! The classes of Py4J itself that clients name, under its own package and under Flink's copy.

use super::super::call::Call;
use super::super::class::Class;
use super::super::class_object::ClassObject;
use super::super::failure::{Failure, Outcome};
use super::super::value::JavaValue;
use super::class::by_name;
use crate::model::JavaObject;

/// What clients know as `GATEWAY_SERVER`.
pub(crate) struct GatewayServer;

/// What `getCallbackClient` answers.
struct CallbackClient;

impl JavaObject for GatewayServer {
    fn class_name(&self) -> &'static str {
        "py4j.GatewayServer"
    }
}

impl JavaObject for CallbackClient {
    fn class_name(&self) -> &'static str {
        "py4j.CallbackClient"
    }
}

pub(super) fn classes() -> Vec<Class> {
    vec![
        type_util("py4j.reflection.TypeUtil"),
        type_util("org.apache.flink.api.python.shaded.py4j.reflection.TypeUtil"),
        reflection_util("py4j.reflection.ReflectionUtil"),
        reflection_util("org.apache.flink.api.python.shaded.py4j.reflection.ReflectionUtil"),
        Class::new("py4j.Py4JException").extends("java.lang.RuntimeException"),
        Class::new("py4j.Py4JNetworkException").extends("py4j.Py4JException"),
        gateway_server(),
        Class::new("py4j.CallbackClient")
            .method("int getPort()", |call| python_port(call))
            .method("java.net.InetAddress getAddress()", |_| {
                Ok(super::super::util::net::loopback())
            }),
    ]
}

fn type_util(name: &'static str) -> Class {
    Class::new(name)
        .function("boolean isInstanceOf(Class, Object)", |call| {
            let class = call.object::<ClassObject>(0)?;
            Ok(call.machine.is_instance(class.name, call.value(1)?).into())
        })
        .function("boolean isInstanceOf(String, Object)", |call| {
            let class = call.text(0)?;
            if call.machine.classes.known(class).is_none() {
                return Err(Failure::thrown("java.lang.ClassNotFoundException", class));
            }
            Ok(call.machine.is_instance(class, call.value(1)?).into())
        })
}

fn reflection_util(name: &'static str) -> Class {
    Class::new(name).function("Class classForName(String)", |call| by_name(call, call.text(0)?))
}

fn gateway_server() -> Class {
    Class::new("py4j.GatewayServer")
        .method("int getListeningPort()", |call| port(call))
        .method("int getPort()", |call| port(call))
        .method("int getPythonPort()", |call| python_port(call))
        .method("java.net.InetAddress getAddress()", |_| {
            Ok(super::super::util::net::loopback())
        })
        .method("java.net.InetAddress getPythonAddress()", |_| {
            Ok(super::super::util::net::loopback())
        })
        .method("Object getCallbackClient()", |_| {
            Ok(JavaValue::object(CallbackClient))
        })
        .method("void resetCallbackClient(java.net.InetAddress, int)", |call| {
            let host = call.value(0)?.to_text();
            reset(call, &host, 1)
        })
        .method("void shutdown()", |call| {
            call.machine.callbacks()?.shutdown();
            Ok(JavaValue::Void)
        })
}

fn port(call: &Call<'_>) -> Outcome {
    Ok(JavaValue::Int(i32::from(call.machine.callbacks()?.ports().0)))
}

fn python_port(call: &Call<'_>) -> Outcome {
    Ok(JavaValue::Int(i32::from(call.machine.callbacks()?.ports().1)))
}

/// Says where the client listens; the port is an argument.
pub(crate) fn reset(call: &Call<'_>, host: &str, port: usize) -> Outcome {
    let port = call.long(port)?;
    let port = u16::try_from(port).map_err(|_| Failure::illegal(format!("Port out of range: {port}")))?;
    // An InetAddress prints as name/address.
    let host = host.rsplit('/').next().unwrap_or(host);
    call.machine.callbacks()?.reset(host, port)?;
    Ok(JavaValue::Void)
}
