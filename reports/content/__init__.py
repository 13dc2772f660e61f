"""What a report says, whatever its form: letterhead, sentences, tables. PDF, Word and workbook are set from it."""
