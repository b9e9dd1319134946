from django.db import migrations

from relier.privacy.resealing import seal_rows


class Migration(migrations.Migration):
    # Batch after batch, so that what is sealed stays so when it is stopped.
    atomic = False

    dependencies = [("competences", "0005_columns_of_sealed_words")]

    operations = [seal_rows("competences", "Positioning")]
