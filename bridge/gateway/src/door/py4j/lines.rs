//! Reading commands: lines up to the one that ends them.

use std::io::{self, BufRead};

/// The longest line that is read: a `byte[]` of 768 MB.
const MAXIMUM_LINE: usize = 1 << 30;

/// Commands that have no line that ends them, with the lines after the first.
const WITHOUT_END: [(&str, usize); 3] = [("A", 1), ("s", 0), ("z", 3)];

/// The line that ends a command.
pub(super) const END: &str = "e";

/// Reads one line without its end, which is `\n` or `\r\n`; `None` when the stream has ended.
pub(super) fn read_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    loop {
        let available = reader.fill_buf()?;
        if available.is_empty() {
            // Half a line is no line: the peer is gone.
            return Ok(None);
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let length = end.unwrap_or(available.len());
        if bytes.len() + length > MAXIMUM_LINE {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the line is too long"));
        }
        bytes.extend_from_slice(&available[..length]);
        reader.consume(length + usize::from(end.is_some()));
        if end.is_some() {
            break;
        }
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the line is not UTF-8"))
}

/// Reads one command; `None` when the stream has ended. The line that ends it is left out.
pub(super) fn read_command(reader: &mut impl BufRead) -> io::Result<Option<Vec<String>>> {
    let Some(first) = read_line(reader)? else {
        return Ok(None);
    };
    let mut lines = vec![first];
    if let Some((_, more)) = WITHOUT_END.iter().find(|(name, _)| *name == lines[0]) {
        for _ in 0..*more {
            let Some(line) = read_line(reader)? else {
                return Ok(None);
            };
            lines.push(line);
        }
        return Ok(Some(lines));
    }
    if !super::command::is_known(&lines[0]) {
        // How long it is, nobody knows.
        return Ok(Some(lines));
    }
    loop {
        let Some(line) = read_line(reader)? else {
            return Ok(None);
        };
        // A method can have the name "e".
        if line == END && lines.len() >= super::command::least_lines(&lines) {
            return Ok(Some(lines));
        }
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(text: &str) -> Vec<Vec<String>> {
        let mut reader = text.as_bytes();
        std::iter::from_fn(|| read_command(&mut reader).unwrap()).collect()
    }

    #[test]
    fn commands_end_where_they_say() {
        let read = commands("c\no1\nsize\ne\nA\ntoken\nm\r\nd\r\no1\r\ne\r\ns\n");
        assert_eq!(
            read,
            [
                vec!["c", "o1", "size"],
                vec!["A", "token"],
                vec!["m", "d", "o1"],
                vec!["s"]
            ]
        );
    }

    #[test]
    fn a_method_may_be_called_e() {
        let read = commands("c\nz:E\ne\ne\nr\nm\nE\ne\ne\nr\nu\ne\nrj\ne\n");
        assert_eq!(
            read,
            [
                vec!["c", "z:E", "e"],
                vec!["r", "m", "E", "e"],
                vec!["r", "u", "e", "rj"]
            ]
        );
    }

    #[test]
    fn half_a_command_is_none() {
        assert!(commands("c\no1\nsi").is_empty());
        assert_eq!(commands("GET / HTTP/1.1\n"), [["GET / HTTP/1.1"]]);
    }
}
