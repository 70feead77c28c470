"""What the database does by itself in the tenant that Tenantry cloned: with its own tables, not the template's."""

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django_tenants.utils import tenant_context

from large.billing.models import Balance, Discount, Invoice, InvoiceLine, Payment
from large.crm.models import Company, Contact, Deal
from large.documents.models import Document, Folder
from large.inventory.models import StockLevel, StockMovement
from large.next_migration import NEXT
from large.projects.models import Progress, Task, TaskHistory
from large.queries import query
from large.recipes import make


@pytest.fixture(autouse=True)
def inside(tenant):
    """Every test runs inside the tenant, in one transaction that is thrown away."""
    with transaction.atomic(), tenant_context(tenant):
        yield
        transaction.set_rollback(True)
    connection.set_schema_to_public()


def refused(work, reason):
    with pytest.raises(Error, match=reason), transaction.atomic():
        work()
        connection.check_constraints()


def test_a_trigger_writes_the_history():
    task = make(Task)
    Task.objects.filter(pk=task.pk).update(state="closed")
    assert list(TaskHistory.objects.values_list("task_id", "was", "became")) == [(task.pk, "open", "closed")]


def test_a_trigger_runs_on_every_partition():
    level = make(StockLevel)
    for year in 2024, 2025, 2026, 2031:
        make(StockMovement, product=level.product, quantity=5, moved_on=f"{year}-06-01")
    level.refresh_from_db()
    assert level.quantity == 20
    homes = query("SELECT DISTINCT tableoid::regclass::text FROM inventory_stockmovement ORDER BY 1")
    assert [home.rpartition("_")[2] for (home,) in homes] == ["2024", "2025", "2026", "other"]


def test_movements_are_numbered_from_the_tenants_own_sequence():
    first, second = make(StockMovement), make(StockMovement)
    assert second.number == first.number + 1
    assert query("SELECT last_value >= %s FROM inventory_movement_number", second.number) == [(True,)]


def test_views_and_their_functions_read_the_tenants_own_rows():
    invoice = make(Invoice, status="paid")
    make(InvoiceLine, invoice=invoice, quantity=3, unit_price=10)
    make(Payment, invoice=invoice, amount=12)
    balance = Balance.objects.get(company=invoice.company)
    assert (balance.invoiced, balance.paid) == (30, 12)
    if NEXT:
        assert balance.outstanding == 18
    assert query("SELECT owes FROM billing_debtor") == [(18,)]


def test_the_materialised_view_is_refreshed_from_the_tenants_own_rows():
    task = make(Task, state="closed")
    make(Task, project=task.project)
    query("REFRESH MATERIALIZED VIEW projects_progress")
    assert list(Progress.objects.values_list("project_id", "tasks", "closed")) == [(task.project_id, 2, 1)]


def test_generated_columns_are_computed():
    assert make(Deal, amount=50, probability="0.5").weighted == 25
    assert make(InvoiceLine, quantity=4, unit_price=5).total == 20


def test_types_refuse_what_they_do_not_allow():
    refused(lambda: make(Contact, email="nobody"), "crm_email_has_at")
    refused(lambda: make(Invoice, status="forgotten"), "invalid input value for enum")


def test_constraints_refuse_what_they_do_not_allow():
    refused(lambda: make(Deal, probability=2), "crm_deal_probability_range")
    refused(lambda: make(StockMovement, quantity=0), "inventory_stockmovement_moves")
    step = make(Discount)
    refused(lambda: make(Discount, quantities=step.quantities), "billing_discount_no_overlap")
    root = make(Folder)
    refused(lambda: make(Folder, name=root.name), "documents_folder_root_name_uniq")
    contact = make(Contact)
    refused(lambda: make(Contact, company=contact.company, email=contact.email.upper()), "crm_contact_email_once")
    company = make(Company)
    refused(lambda: Company.objects.filter(pk=company.pk).update(parent=company), "not_its_own_parent")


def test_a_deferred_unique_constraint_waits_for_the_end():
    first = make(InvoiceLine)
    second = make(InvoiceLine, invoice=first.invoice, position=1)
    InvoiceLine.objects.filter(pk=first.pk).update(position=1)
    InvoiceLine.objects.filter(pk=second.pk).update(position=0)
    connection.check_constraints()
    with pytest.raises(IntegrityError, match="billing_invoiceline_position_uniq"), transaction.atomic():
        InvoiceLine.objects.filter(pk=second.pk).update(position=1)
        connection.check_constraints()


def test_a_constraint_trigger_waits_for_the_end():
    payment = make(Payment)
    with transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(amount=2_000_000_000)
        Payment.objects.filter(pk=payment.pk).update(amount=5)
        connection.check_constraints()
    invoice = payment.invoice
    refused(lambda: [make(Payment, invoice=invoice, amount=600_000_000) for _ in range(2)], "beyond reason")


def test_the_reporting_role_sees_what_it_was_granted():
    root = make(Folder)
    seen = make(Document, folder=root)
    make(Document, folder=root, is_confidential=True)
    make(Document, folder=make(Folder, parent=root))
    make(Contact)
    query("SET LOCAL ROLE platform_reporting")
    assert query("SELECT id FROM documents_document") == [(seen.pk,)]
    assert query("SELECT count(job_title) FROM crm_contact") == [(1,)]
    refused(lambda: query("SELECT first_name FROM crm_contact"), "permission denied")
    refused(lambda: query("DELETE FROM documents_document"), "permission denied")
