//! How reading a table is split by the values of a column.

use super::options::PartitionOptions;

/// The ranges of values, both ends included, as `JdbcNumericBetweenParametersProvider` makes them: the
/// first ranges are longer by one if the values cannot be shared out evenly. Values outside the bounds,
/// and NULL, are in no range and are not read; so does Flink.
pub(super) fn ranges(options: &PartitionOptions) -> Vec<(i64, i64)> {
    let lower = i128::from(options.lower_bound);
    let count = i128::from(options.upper_bound) - lower + 1;
    let number = i128::from(options.number).min(count);
    let size = (count + number - 1) / number;
    let longer = count - (size - 1) * number;
    let mut ranges = Vec::new();
    let mut start = lower;
    for position in 0..number {
        let end = start + size - 1 - i128::from(position >= longer);
        // Both ends lie between the bounds, which are 64 bits wide.
        if let (Ok(first), Ok(last)) = (i64::try_from(start), i64::try_from(end)) {
            ranges.push((first, last));
        }
        start = end + 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: i64, lower_bound: i64, upper_bound: i64) -> Vec<(i64, i64)> {
        ranges(&PartitionOptions {
            column: "id".to_owned(),
            number,
            lower_bound,
            upper_bound,
        })
    }

    #[test]
    fn ranges_cover_all_values_once() {
        assert_eq!(of(3, 0, 9), [(0, 3), (4, 6), (7, 9)]);
        assert_eq!(of(5, 0, 2), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(of(4, -10, 10), [(-10, -5), (-4, 0), (1, 5), (6, 10)]);
        assert_eq!(of(1, i64::MIN, i64::MAX), [(i64::MIN, i64::MAX)]);
    }
}
