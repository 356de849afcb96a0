//! Calls and batches, through the in-process door.

use nutkin_gateway::door::InProcess;
use nutkin_protocol::{Batch, ObjectReference, Reply, Value};

use crate::support::{
    COUNTER, STEP_COUNTER, alive, calls, error, gateway, new, on_class, on_object, reference, value,
};

fn run(door: &InProcess, batch: Batch) -> Reply {
    door.batch(batch, &mut || true)
}

#[test]
fn later_calls_of_a_batch_use_results_of_earlier_ones() {
    let door = InProcess::connect(&gateway());
    let reply = run(
        &door,
        calls(vec![
            new(COUNTER, "promise", 1),
            on_object(1, "increment", vec![], 2),
            on_object(2, "add", vec![Value::Int(40)], 3),
            new(COUNTER, "promise", 4),
            on_object(4, "add", vec![reference(3)], 5),
            on_object(5, "increment", vec![], 6),
            on_object(6, "get", vec![], 7),
        ]),
    );
    assert_eq!(value(reply), Value::Long(42));
    // Chained calls gave the same object several ids.
    let reply = run(&door, calls(vec![on_object(1, "get", vec![], 8)]));
    assert_eq!(value(reply), Value::Long(41));
    // The value of an object call is a reference with the class.
    let reply = run(&door, calls(vec![on_object(1, "increment", vec![], 9)]));
    assert_eq!(
        value(reply),
        Value::Object(ObjectReference {
            id: 9,
            class: COUNTER.to_owned()
        })
    );
    assert_eq!(value(run(&door, calls(vec![]))), Value::Null);
}

#[test]
fn the_first_error_ends_the_batch() {
    let door = InProcess::connect(&gateway());
    let (call, failure) = error(run(
        &door,
        calls(vec![
            new(COUNTER, "first error", 1),
            on_object(1, "increment", vec![], 2),
            on_object(1, "fail", vec![], 3),
            on_object(1, "increment", vec![], 4),
        ]),
    ));
    assert_eq!(call, 2);
    assert_eq!(failure.class, "java.lang.IllegalStateException");
    assert_eq!(failure.message, "as asked");
    assert_eq!(failure.hint.as_deref(), Some("do not ask"));
    let reply = run(&door, calls(vec![on_object(1, "get", vec![], 5)]));
    assert_eq!(value(reply), Value::Long(1));
}

#[test]
fn unknown_stale_and_null_are_three_errors() {
    let door = InProcess::connect(&gateway());
    let failure = |call| error(run(&door, calls(vec![call]))).1;
    value(run(&door, calls(vec![new(COUNTER, "three errors", 1)])));

    let unknown = failure(on_object(77, "get", vec![], 2));
    assert_eq!(unknown.class, "java.util.NoSuchElementException");
    assert_eq!(unknown.message, "There is no object 77 in this session.");

    door.release(&[1]);
    assert_eq!(alive("three errors"), 0);
    let stale = failure(on_object(1, "get", vec![], 3));
    assert_eq!(stale.class, "java.lang.IllegalStateException");
    assert_eq!(stale.message, "Object 1 of this session was released.");

    value(run(&door, calls(vec![new(COUNTER, "three errors", 4)])));
    let null = failure(on_object(4, "add", vec![Value::Null], 5));
    assert_eq!(null.class, "java.lang.IllegalArgumentException");
    assert_eq!(
        null.message,
        "test.Counter.add takes add(long amount) or add(Counter other), but got (null)."
    );
    let argument = failure(on_object(4, "add", vec![reference(1)], 6));
    assert_eq!(argument.message, "Object 1 of this session was released.");
}

#[test]
fn releases_go_with_batches_and_pass_over_ids_without_object() {
    let door = InProcess::connect(&gateway());
    let reply = run(
        &door,
        calls(vec![new(COUNTER, "releases", 1), new(COUNTER, "releases", 2)]),
    );
    value(reply);
    assert_eq!(alive("releases"), 2);
    let reply = run(
        &door,
        Batch {
            calls: vec![on_object(2, "get", vec![], 3)],
            released: vec![1, 99],
            deadline_millis: 0,
        },
    );
    assert_eq!(value(reply), Value::Long(0));
    assert_eq!(alive("releases"), 1);
    // An id without object was passed over, so it may still be given to one.
    value(run(&door, calls(vec![new(COUNTER, "releases", 99)])));
    // A released one and one in use may not.
    for id in [1, 2] {
        let (_, failure) = error(run(&door, calls(vec![new(COUNTER, "releases", id)])));
        assert_eq!(failure.message, format!("The id {id} is in use in this session."));
    }
    assert_eq!(alive("releases"), 2);
    drop(door);
    assert_eq!(alive("releases"), 0);
}

#[test]
fn names_that_do_not_exist_name_the_nearest() {
    let door = InProcess::connect(&gateway());
    value(run(&door, calls(vec![new(COUNTER, "names", 1)])));
    let failure = |call| error(run(&door, calls(vec![call]))).1;

    let class = failure(on_class("test.Conuter", "describe", vec![], 2));
    assert_eq!(class.class, "java.lang.ClassNotFoundException");
    assert_eq!(class.message, "There is no class test.Conuter.");
    assert_eq!(
        class.hint.as_deref(),
        Some("did you mean test.Counter or test.StepCounter?")
    );

    let method = failure(on_object(1, "incremnt", vec![], 2));
    assert_eq!(method.class, "java.lang.NoSuchMethodException");
    assert_eq!(method.message, "test.Counter has no method incremnt.");
    assert_eq!(method.hint.as_deref(), Some("did you mean increment?"));

    // A static method is not one of an object, nor the other way round.
    assert_eq!(
        failure(on_object(1, "describe", vec![], 2)).class,
        "java.lang.NoSuchMethodException"
    );
    assert_eq!(
        failure(on_class(COUNTER, "get", vec![], 2)).class,
        "java.lang.NoSuchMethodException"
    );
    assert_eq!(failure(on_object(1, "zzz", vec![], 2)).hint, None);

    let refused = failure(on_object(1, "multiply", vec![Value::Int(1), Value::Int(2)], 2));
    assert_eq!(refused.class, "java.lang.UnsupportedOperationException");
    assert_eq!(refused.message, "Counter.multiply is not supported.");
    assert_eq!(refused.hint.as_deref(), Some("add several times"));
}

#[test]
fn arguments_are_checked_against_the_table() {
    let door = InProcess::connect(&gateway());
    value(run(&door, calls(vec![new(COUNTER, "arguments", 1)])));
    let message = |call| error(run(&door, calls(vec![call]))).1.message;
    assert_eq!(
        message(on_object(
            1,
            "get",
            vec![Value::String("x".to_owned()), Value::Boolean(true)],
            2
        )),
        "test.Counter.get takes get(), but got (String, boolean)."
    );
    assert_eq!(
        message(on_object(
            1,
            "addAll",
            vec![reference(1), Value::List(vec![Value::Int(1)])],
            2
        )),
        "test.Counter.addAll takes addAll(Counter... others), but got (Counter, List<int>)."
    );
    let all = vec![reference(1), reference(1)];
    value(run(
        &door,
        calls(vec![
            on_object(1, "add", vec![Value::Long(3)], 3),
            on_object(1, "addAll", all, 4),
        ]),
    ));
    let reply = run(&door, calls(vec![on_object(1, "get", vec![], 5)]));
    assert_eq!(value(reply), Value::Long(9));
}

#[test]
fn subclasses_inherit_methods_and_stand_for_their_parent() {
    let door = InProcess::connect(&gateway());
    let reply = run(
        &door,
        calls(vec![
            new(STEP_COUNTER, "inherit", 1),
            on_object(1, "increment", vec![], 2),
            new(COUNTER, "inherit", 3),
            on_object(3, "add", vec![reference(1)], 4),
            on_object(3, "get", vec![], 5),
        ]),
    );
    assert_eq!(value(reply), Value::Long(10));
    let reply = run(&door, calls(vec![on_object(1, "step", vec![], 6)]));
    assert_eq!(value(reply), Value::Long(10));
    let reply = run(&door, calls(vec![on_class(STEP_COUNTER, "describe", vec![], 7)]));
    assert_eq!(value(reply), Value::String("counts".to_owned()));
    let (_, failure) = error(run(&door, calls(vec![on_object(3, "step", vec![], 8)])));
    assert_eq!(failure.message, "test.Counter has no method step.");
}

#[test]
fn a_panic_is_an_error_and_the_session_goes_on() {
    let door = InProcess::connect(&gateway());
    value(run(&door, calls(vec![new(COUNTER, "panic", 1)])));
    let (call, failure) = error(run(&door, calls(vec![on_object(1, "panic", vec![], 2)])));
    assert_eq!(call, 0);
    assert_eq!(failure.message, "panic panicked: on purpose");
    let reply = run(&door, calls(vec![on_object(1, "get", vec![], 3)]));
    assert_eq!(value(reply), Value::Long(0));
}

#[test]
fn waiting_asks_the_caller_whether_to_go_on() {
    let door = InProcess::connect(&gateway());
    value(run(&door, calls(vec![new(COUNTER, "poll", 1)])));
    let mut asked = 0;
    let reply = door.batch(
        calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 2)]),
        &mut || {
            asked += 1;
            asked < 3
        },
    );
    assert_eq!(error(reply).1.class, "java.lang.InterruptedException");
    assert_eq!(asked, 3);
}

#[test]
fn sessions_share_nothing_and_end_whole() {
    let gateway = gateway();
    let first = InProcess::connect(&gateway);
    let second = InProcess::connect(&gateway);
    assert_ne!(first.session(), second.session());
    value(run(
        &first,
        calls(vec![
            new(COUNTER, "isolation", 1),
            on_object(1, "increment", vec![], 2),
        ]),
    ));
    let (_, failure) = error(run(&second, calls(vec![on_object(1, "get", vec![], 3)])));
    assert_eq!(failure.message, "There is no object 1 in this session.");
    // The same id is another object in another session.
    let reply = run(
        &second,
        calls(vec![new(COUNTER, "isolation", 1), on_object(1, "get", vec![], 4)]),
    );
    assert_eq!(value(reply), Value::Long(0));
    assert_eq!(alive("isolation"), 2);
    first.close();
    assert_eq!(alive("isolation"), 1);
    for call in [on_object(1, "get", vec![], 5), new(COUNTER, "isolation", 6)] {
        let (_, failure) = error(run(&first, calls(vec![call])));
        assert_eq!(failure.message, "The session has ended.");
    }
    assert_eq!(
        value(run(&second, calls(vec![on_object(1, "get", vec![], 7)]))),
        Value::Long(0)
    );
}
