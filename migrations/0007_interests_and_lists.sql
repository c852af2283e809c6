-- What conditions ask of a part's interests and of the lists that people put it on. NULL where there is nothing.

-- {category, brand: [[day after the epoch, folded value, weight, order id?]]}: what was viewed, added and bought.
ALTER TABLE parts ADD COLUMN interests TEXT;
-- {list: {value, at, id}}: whether the person is on it, as the act said that came last.
ALTER TABLE parts ADD COLUMN lists TEXT;
