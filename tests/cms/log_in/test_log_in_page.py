"""The log-in page leads nowhere that needs e-mail."""

HELP = "忘了密码？请找给您开账号的人，打印一张新的登录单。"


def test_who_forgot_is_told_whom_to_ask(client, db):
    text = client.get("/admin/login/").content.decode()
    assert HELP in text
    assert "password_reset" not in text
    assert 'name="remember"' not in text


def test_there_is_no_reset_by_email(client, db):
    assert client.get("/admin/password_reset/").status_code == 404


def test_ones_own_account_asks_for_no_email(person, client):
    client.force_login(person)
    text = client.get("/admin/account/").content.decode()
    assert "name_email-first_name" in text
    assert "name_email-email" not in text
    assert "name_email-last_name" not in text


def test_the_session_ends_with_the_browser(person, client):
    client.force_login(person)
    assert client.session.get_expire_at_browser_close()
