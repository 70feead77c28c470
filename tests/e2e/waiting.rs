use sqlx::Connection;

use super::scenario::fill_tenant;
use super::support::in_the_window;

#[test]
fn a_creation_that_waits_for_a_lock_says_so_and_can_be_cancelled() {
    in_the_window("cancel", |app| async move {
        app.click("start-create").await;
        fill_tenant(&app, "Acme Foods", "acme_foods", "acme-foods.example").await;
        app.click("preview").await;
        app.find("plan").await;
        let mut connection = app.platform().connect().await;
        let mut holder = connection.begin().await.expect("a transaction");
        sqlx::query("LOCK TABLE public.accounts_user IN ROW EXCLUSIVE MODE")
            .execute(&mut *holder)
            .await
            .expect("the lock is ours");
        app.click("create").await;
        app.wait_for_text("task-progress", &["Waiting"]).await;
        app.keep_picture("creating-waits").await;
        app.click("cancel-task").await;
        app.wait_for_text("task-result", &["ancelled"]).await;
        app.keep_picture("creating-cancelled").await;
        holder.rollback().await.expect("the lock is given back");
        let left: (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM public.tenants_tenant), (SELECT count(*) FROM public.tenants_domain),
                    (SELECT count(*) FROM pg_namespace WHERE nspname = 'acme_foods')",
        )
        .fetch_one(&mut connection)
        .await
        .expect("the platform answers");
        assert_eq!(left, (0, 0, 0), "nothing is left of the cancelled tenant");
    });
}
