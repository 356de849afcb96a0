//! Windows of time: the window table functions, and grouping by windows.
//!
//! Times are taken as local milliseconds: a TIMESTAMP_LTZ is the time that clocks of the session's zone
//! show. Rows without a time are in no window.

use datafusion::common::{Column, NullHandling, UnnestOptions};
use datafusion::functions::core::get_field;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::functions_window::lead_lag::lag_udwf;
use datafusion::logical_expr::expr::{Case, WindowFunction, WindowFunctionParams};
use datafusion::logical_expr::{
    Expr, LogicalPlan, LogicalPlanBuilder, SortExpr, WindowFrame, WindowFunctionDefinition, lit,
};
use nutkin_engine::Result;
use nutkin_plan::function::definitions;
use nutkin_plan::operation::{WindowAggregate, WindowKind, WindowProperty, WindowTableFunction};
use nutkin_plan::types::{LogicalType, TypeKind};

use super::{Planner, Relation};
use crate::error::planning;
use crate::expression::apply;
use crate::window_time::{END, START, WindowTime};

/// The type in which times are compared with windows.
const LOCAL_TIME: LogicalType = LogicalType::nullable(TypeKind::Timestamp(3));

/// Rows, each as often as there are windows that it is in.
struct Windowed {
    /// The rows, with the columns of the input.
    rows: Relation,
    /// Where the window starts, in local time.
    start: Column,
    /// Where it ends.
    end: Column,
}

impl Planner<'_> {
    /// The input's columns, `window_start`, `window_end` and `window_time`.
    pub(super) fn window_table_function(&mut self, function: &WindowTableFunction) -> Result<Relation> {
        let input = self.relation(&function.input)?;
        let width = input.columns.len();
        let time_type = function
            .input
            .schema()
            .columns
            .get(function.time_column)
            .map_or(LOCAL_TIME, |column| column.column_type.clone());
        let time = input.columns.get(function.time_column).cloned().ok_or_else(|| {
            crate::error::internal(format!("there is no time column {}", function.time_column))
        })?;
        let keys = match &function.window {
            WindowKind::Session { partition_by, .. } => partition_by
                .iter()
                .filter_map(|position| input.columns.get(*position).cloned().map(Expr::Column))
                .collect(),
            _ => Vec::new(),
        };
        let windowed = self.windowed(input, Expr::Column(time), &time_type, keys, &function.window)?;
        let types = &function.schema.columns;
        let output_type = |position: usize| {
            types
                .get(width + position)
                .map_or(LOCAL_TIME, |column| column.column_type.clone())
        };
        let added = vec![
            (Expr::Column(windowed.start.clone()), "window_start".to_owned()),
            (Expr::Column(windowed.end.clone()), "window_end".to_owned()),
            (
                self.window_property(&windowed, WindowProperty::Time, &output_type(2))?,
                "window_time".to_owned(),
            ),
        ];
        let columns = windowed.rows.columns.clone();
        let (plan, added) = windowed.rows.with_columns(added, &mut self.names)?;
        Ok(Relation {
            plan,
            columns: columns.into_iter().chain(added).collect(),
        })
    }

    /// The grouping columns, the aggregates, and the properties of the window.
    pub(super) fn window_aggregate(&mut self, aggregate: &WindowAggregate) -> Result<Relation> {
        let input = self.relation(&aggregate.input)?;
        let columns = input.columns.clone();
        let time = self.expression(&aggregate.time, &columns)?;
        let mut keys = aggregate
            .groupings
            .iter()
            .map(|grouping| {
                let key = self.expression(&grouping.expression, &columns)?;
                Ok((key, grouping.name.clone()))
            })
            .collect::<Result<Vec<_>>>()?;
        let partitions = keys.iter().map(|(key, _)| key.clone()).collect();
        let windowed = self.windowed(
            input,
            time,
            &aggregate.time.data_type(),
            partitions,
            &aggregate.window,
        )?;
        keys.push((Expr::Column(windowed.start.clone()), "window_start".to_owned()));
        keys.push((Expr::Column(windowed.end.clone()), "window_end".to_owned()));
        let grouped = self.grouped(
            windowed.rows,
            keys,
            &aggregate.groupings,
            &[],
            &aggregate.aggregates,
        )?;
        // The window's bounds stand between the groupings and the aggregates.
        let count = aggregate.groupings.len();
        let mut outputs = grouped.columns.clone();
        let bounds: Vec<Column> = outputs.drain(count..count + 2).collect();
        let [start, end] = bounds.as_slice() else {
            return Err(crate::error::internal("a window has two bounds".to_owned()));
        };
        let windowed = Windowed {
            rows: grouped,
            start: start.clone(),
            end: end.clone(),
        };
        let first_property = count + aggregate.aggregates.len();
        let properties = aggregate
            .properties
            .iter()
            .enumerate()
            .map(|(position, (name, property))| {
                let output = aggregate.schema.columns.get(first_property + position);
                let output = output.map_or(LOCAL_TIME, |column| column.column_type.clone());
                Ok((self.window_property(&windowed, *property, &output)?, name.clone()))
            })
            .collect::<Result<Vec<_>>>()?;
        let (plan, properties) = windowed.rows.with_columns(properties, &mut self.names)?;
        Ok(Relation {
            plan,
            columns: outputs.into_iter().chain(properties).collect(),
        })
    }

    fn window_property(
        &self,
        windowed: &Windowed,
        property: WindowProperty,
        output: &LogicalType,
    ) -> Result<Expr> {
        let local = match property {
            WindowProperty::Start => Expr::Column(windowed.start.clone()),
            WindowProperty::End => Expr::Column(windowed.end.clone()),
            WindowProperty::Time => {
                WindowTime::Shifted { millis: -1 }.call(Expr::Column(windowed.end.clone()))
            }
        };
        self.converted(local, &LOCAL_TIME, output)
    }

    /// A time in another type, by Flink's rules of casts.
    fn converted(&self, time: Expr, from: &LogicalType, to: &LogicalType) -> Result<Expr> {
        if from.kind == to.kind {
            return Ok(time);
        }
        apply(
            &definitions::CAST,
            vec![(time, from.clone())],
            to,
            self.tables.evaluation(),
        )
    }

    /// The rows with their windows. `keys` have sessions of their own.
    fn windowed(
        &mut self,
        input: Relation,
        time: Expr,
        time_type: &LogicalType,
        keys: Vec<Expr>,
        window: &WindowKind,
    ) -> Result<Windowed> {
        let columns = input.columns.clone();
        let local = self.converted(time, time_type, &LOCAL_TIME)?;
        // A column of its own, so that the rows without a time can be left out by it.
        let name = self.names.fresh("time");
        let local_column = Column::new_unqualified(name.clone());
        let kept = input.plan.schema().columns().into_iter().map(Expr::Column);
        let outputs: Vec<Expr> = kept.chain([local.alias(name)]).collect();
        let plan = LogicalPlanBuilder::from(input.plan)
            .project(outputs)
            .and_then(|builder| builder.filter(Expr::Column(local_column.clone()).is_not_null()))
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let rows = Relation { plan, columns };
        match window {
            WindowKind::Tumble {
                size_millis,
                offset_millis,
            } => {
                let start = WindowTime::Start {
                    size_millis: *size_millis,
                    offset_millis: *offset_millis,
                };
                let start = start.call(Expr::Column(local_column));
                let end = WindowTime::Shifted { millis: *size_millis }.call(start.clone());
                self.with_bounds(rows, start, end)
            }
            WindowKind::Hop { .. } | WindowKind::Cumulate { .. } => {
                self.in_many_windows(rows, &local_column, window)
            }
            WindowKind::Session { gap_millis, .. } => {
                self.in_sessions(rows, &local_column, &keys, *gap_millis)
            }
        }
    }

    fn with_bounds(&mut self, rows: Relation, start: Expr, end: Expr) -> Result<Windowed> {
        let columns = rows.columns.clone();
        let (plan, bounds) = rows.with_columns(
            vec![(start, "start".to_owned()), (end, "end".to_owned())],
            &mut self.names,
        )?;
        let [start, end] = bounds.as_slice() else {
            return Err(crate::error::internal("a window has two bounds".to_owned()));
        };
        Ok(Windowed {
            rows: Relation { plan, columns },
            start: start.clone(),
            end: end.clone(),
        })
    }

    /// Windows that overlap: a list of them for each row, unnested.
    fn in_many_windows(&mut self, rows: Relation, time: &Column, window: &WindowKind) -> Result<Windowed> {
        let list = WindowTime::Bounds {
            window: window.clone(),
        }
        .call(Expr::Column(time.clone()));
        let element = Column::new_unqualified(self.names.fresh("window"));
        let kept = rows.plan.schema().columns().into_iter().map(Expr::Column);
        let outputs: Vec<Expr> = kept.chain([list.alias(&element.name)]).collect();
        let plan = LogicalPlanBuilder::from(rows.plan)
            .project(outputs)
            .and_then(|builder| {
                builder.unnest_columns_with_options(
                    vec![element.clone()],
                    UnnestOptions::new().with_null_handling(NullHandling::Drop),
                )
            })
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        let bound = |name: &str| get_field().call(vec![Expr::Column(element.clone()), lit(name)]);
        let rows = Relation {
            plan,
            columns: rows.columns,
        };
        self.with_bounds(rows, bound(START), bound(END))
    }

    /// A session goes on as long as the next row comes within the gap of the one before, the end included.
    fn in_sessions(
        &mut self,
        rows: Relation,
        time: &Column,
        keys: &[Expr],
        gap_millis: i64,
    ) -> Result<Windowed> {
        let columns = rows.columns.clone();
        let time = Expr::Column(time.clone());
        let order = vec![SortExpr::new(time.clone(), true, true)];
        let previous = over(
            WindowFunctionDefinition::WindowUDF(lag_udwf()),
            vec![time.clone()],
            keys.to_vec(),
            order.clone(),
        );
        let (plan, previous) = self.with_window(rows.plan, previous, "previous")?;
        let quiet_since = WindowTime::Shifted { millis: gap_millis }.call(previous.clone());
        let begins = previous.is_null().or(quiet_since.lt(time.clone()));
        let begins = Expr::Case(Case::new(
            None,
            vec![(Box::new(begins), Box::new(lit(1_i64)))],
            Some(Box::new(lit(0_i64))),
        ));
        // Rows of the same time are in the same session: the frame by range sees them together.
        let (plan, begins) = Relation {
            plan,
            columns: Vec::new(),
        }
        .with_columns(vec![(begins, "begins".to_owned())], &mut self.names)?;
        let number = over(
            WindowFunctionDefinition::AggregateUDF(sum_udaf()),
            begins.into_iter().map(Expr::Column).collect(),
            keys.to_vec(),
            order,
        );
        let (plan, number) = self.with_window(plan, number, "session")?;
        let mut partition = keys.to_vec();
        partition.push(number);
        let bound = |function| {
            over(
                WindowFunctionDefinition::AggregateUDF(function),
                vec![time.clone()],
                partition.clone(),
                Vec::new(),
            )
        };
        let (plan, start) = self.with_window(plan, bound(min_udaf()), "first")?;
        let (plan, last) = self.with_window(plan, bound(max_udaf()), "last")?;
        let end = WindowTime::Shifted { millis: gap_millis }.call(last);
        self.with_bounds(Relation { plan, columns }, start, end)
    }

    fn with_window(&mut self, plan: LogicalPlan, function: Expr, name: &str) -> Result<(LogicalPlan, Expr)> {
        let name = self.names.fresh(name);
        let plan = LogicalPlanBuilder::from(plan)
            .window([function.alias(&name)])
            .and_then(LogicalPlanBuilder::build)
            .map_err(planning)?;
        Ok((plan, Expr::Column(Column::new_unqualified(name))))
    }
}

/// A call over a partition: up to the rows of the same time if there is an order, else over all its rows.
fn over(
    function: WindowFunctionDefinition,
    arguments: Vec<Expr>,
    partition_by: Vec<Expr>,
    order_by: Vec<SortExpr>,
) -> Expr {
    let frame = WindowFrame::new((!order_by.is_empty()).then_some(false));
    Expr::from(WindowFunction {
        fun: function,
        params: WindowFunctionParams {
            args: arguments,
            partition_by,
            order_by,
            window_frame: frame,
            filter: None,
            null_treatment: None,
            distinct: false,
        },
    })
}
