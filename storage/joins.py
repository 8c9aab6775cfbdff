"""How rows of two tables belong together, where several repositories ask for it."""

from sqlalchemy import and_

from storage.tables import memberships, schools

MEMBERS_SCHOOL = and_(
    schools.c.association_id == memberships.c.association_id, schools.c.id == memberships.c.school_id
)
