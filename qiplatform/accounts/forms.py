"""What is typed to sign in."""

from pydantic import Field, SecretStr

from qiplatform.web.forms import Form


class SignInForm(Form):
    """E-mail address and password."""

    email: str = Field(title="Your e-mail address", max_length=254)
    password: SecretStr = Field(title="Your password", max_length=200)
    next: str = Field(default="/", max_length=500)
