use std::sync::{Arc, Mutex};

use arrow::array::{ArrayRef, AsArray, Int64Array, RecordBatch};
use arrow::datatypes::{Int64Type, SchemaRef};
use nutkin_engine::Result;
use nutkin_engine::operator::{OperatorContext, PythonCalc};
use nutkin_engine::python::{PythonEvaluator, PythonRuntime};
use nutkin_engine::schema::relaxed;
use nutkin_plan::stream::PythonCall;

use crate::kit::{chunk, run, schema_of};

/// Doubles column 1 instead of calling Python, and notes what was called.
#[derive(Clone, Default)]
struct Doubling {
    notes: Arc<Mutex<Vec<String>>>,
}

impl PythonRuntime for Doubling {
    fn open(
        &self,
        calls: &[PythonCall],
        input: SchemaRef,
        context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>> {
        self.notes.lock().unwrap().push(format!(
            "open {} over {} as {}",
            calls.len(),
            input.fields().len(),
            context.subtask
        ));
        Ok(Box::new(self.clone()))
    }
}

impl PythonEvaluator for Doubling {
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>> {
        let values = input.column(1).as_primitive::<Int64Type>();
        let doubled: Int64Array = values.iter().map(|value| value.map(|value| value * 2)).collect();
        Ok(vec![Arc::new(doubled)])
    }

    fn close(&mut self) -> Result<()> {
        self.notes.lock().unwrap().push("close".to_owned());
        Ok(())
    }
}

#[test]
fn results_stand_behind_the_forwarded_columns() {
    let runtime = Doubling::default();
    let mut operator = PythonCalc::new(
        Arc::new(runtime.clone()),
        Arc::from(Vec::new()),
        vec![0],
        relaxed(&schema_of("k:STRING v:BIGINT")),
        relaxed(&schema_of("k:STRING d:BIGINT")),
    );
    let rows = chunk("op k:STRING v:BIGINT\n+I a 1\n-D b 21\n+I c NULL");
    assert_eq!(
        run(&mut operator, &[rows]).unwrap(),
        ["+I a 2", "-D b 42", "+I c NULL"]
    );
    assert_eq!(*runtime.notes.lock().unwrap(), ["open 0 over 2 as 0", "close"]);
}
