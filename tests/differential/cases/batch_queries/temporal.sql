-- Interval joins, and joins with a table as of a time.

CREATE TEMPORARY VIEW orders AS
SELECT * FROM (VALUES
  (1, 'eur', 10, TIMESTAMP '2020-01-01 10:00:00.000'),
  (2, 'eur', 20, TIMESTAMP '2020-01-01 12:00:00.000'),
  (3, 'usd', 30, TIMESTAMP '2020-01-01 14:00:00.000')) AS t(id, currency, amount, ts)

CREATE TEMPORARY VIEW rates AS
SELECT * FROM (VALUES
  ('eur', 100, TIMESTAMP '2020-01-01 09:00:00.000'),
  ('eur', 110, TIMESTAMP '2020-01-01 11:30:00.000'),
  ('usd', 90, TIMESTAMP '2020-01-01 15:00:00.000')) AS t(currency, rate, rt)

SELECT o.id, r.rate FROM orders o JOIN rates r ON o.currency = r.currency AND r.rt BETWEEN o.ts - INTERVAL '1' HOUR AND o.ts

SELECT o.id, r.rate FROM orders o LEFT JOIN rates r ON o.currency = r.currency AND r.rt BETWEEN o.ts - INTERVAL '1' HOUR AND o.ts + INTERVAL '2' HOUR

SELECT o.id, r.rate FROM orders o FULL JOIN rates r ON o.currency = r.currency AND r.rt <= o.ts

SELECT o.id, r.rate FROM orders o JOIN rates r ON r.rt >= o.ts AND r.rt < o.ts + INTERVAL '3' HOUR

SELECT o.id, MAX(r.rt) FROM orders o JOIN rates r ON o.currency = r.currency AND r.rt <= o.ts GROUP BY o.id

SELECT id, rate FROM (SELECT o.id, r.rate, ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY r.rt DESC) AS rn FROM orders o JOIN rates r ON o.currency = r.currency AND r.rt <= o.ts) WHERE rn = 1

SELECT * FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01 00:00:00'

SELECT o.id FROM orders o JOIN rates FOR SYSTEM_TIME AS OF o.id AS r ON o.currency = r.currency

SELECT o.id FROM orders o WHERE ts >= TIMESTAMP '2020-01-01 12:00:00' AND ts < TIMESTAMP '2020-01-01 12:00:00' + INTERVAL '1' DAY
