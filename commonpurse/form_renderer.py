"""How Django writes our forms: label, hint, error and answer tied together, on GOV.UK's pattern."""

from django.forms.renderers import TemplatesSetting


class HouseForms(TemplatesSetting):
    """Forms and fields by our own templates: `{{ form }}` in a page is all it takes."""

    form_template_name = "_parts/form.html"
    field_template_name = "_parts/field.html"
