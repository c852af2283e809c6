-- What was tried out on whoever ordered, within a week before: [{experience, revision, variant}].
ALTER TABLE credits ADD COLUMN tried TEXT;
