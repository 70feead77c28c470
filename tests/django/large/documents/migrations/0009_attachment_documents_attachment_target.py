from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_attachment_media_type'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['content_type', 'object_id'], name='documents_attachment_target'),
        ),
    ]
