from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Render every form in the GOV.UK pattern: summary of errors first, hint and error tied to their field."""

    form_template_name = "kernel/form.html"
    field_template_name = "kernel/field.html"
