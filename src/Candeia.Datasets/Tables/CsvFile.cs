using System.Text;

namespace Candeia.Datasets;

/// <summary>Tables as text, by RFC 4180: fields between separators, those with separators, quotes or line ends in them within quotes.</summary>
internal static class CsvFile
{
    const int MostFields = 10_000, MostFieldChars = 16 << 20;
    const string Separators = ",;\t|";

    /// <summary>The rows of a table, each with its number from 1; empty lines are passed over.</summary>
    /// <param name="file">The table, in UTF-8.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="mostBytes">More is refused.</param>
    /// <exception cref="DatasetException">It cannot be read, is larger than it may be, or its quotes do not match.</exception>
    public static IEnumerable<(int Row, string[] Fields)> Rows(string file, char separator = ',', long mostBytes = 1L << 30)
    {
        using var stream = Open(file, mostBytes);
        foreach (var row in Rows(file, stream, separator)) yield return row;
    }

    /// <summary>The rows of a table that is in a stream.</summary>
    public static IEnumerable<(int Row, string[] Fields)> Rows(string file, Stream stream, char separator)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        for (int row = 1; Next(file, row, reader, separator) is { } fields; row++)
            if (fields is not [""]) yield return (row, fields);
    }

    /// <summary>What stands between the fields of a table: whichever of comma, semicolon, tab and | its first line has most of outside of quotes; a comma, if none.</summary>
    /// <exception cref="DatasetException">The file cannot be read.</exception>
    public static char Separator(string file)
    {
        using var reader = new StreamReader(Open(file, long.MaxValue), new UTF8Encoding(false));
        int[] counts = new int[Separators.Length];
        bool quoted = false;
        for (int read = 0, next; read < MostFieldChars && (next = reader.Read()) >= 0 && (quoted || next is not ('\n' or '\r')); read++)
        {
            if (next == '"') quoted = !quoted;
            else if (!quoted && Separators.IndexOf((char)next, StringComparison.Ordinal) is >= 0 and var at) counts[at]++;
        }
        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    static FileStream Open(string file, long mostBytes)
    {
        try
        {
            var stream = OrdinaryFile.Open(file);
            if (stream.Length <= mostBytes) return stream;
            stream.Dispose();
            throw new DatasetException($"'{file}' has more than {mostBytes} bytes, so it is not the table it should be; get the data again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{file}' cannot be read ({fault.Message.TrimEnd('.')}); name another file.", fault);
        }
    }

    static string[]? Next(string file, int row, StreamReader reader, char separator)
    {
        if (reader.Peek() < 0) return null;
        List<string> fields = [];
        var field = new StringBuilder();
        bool quoted = false, wasQuoted = false;
        while (true)
        {
            int next = reader.Read();
            if (quoted)
            {
                if (next < 0) throw new DatasetException(file, row, "a quote is opened and not closed; close it, or double a quote that stands for itself.");
                if (next != '"') field.Append((char)next);
                else if (reader.Peek() == '"') field.Append((char)reader.Read());
                else quoted = false;
            }
            else if (next == '"' && field.Length == 0 && !wasQuoted) quoted = wasQuoted = true;
            else if (next == separator || next is '\n' or '\r' or < 0)
            {
                fields.Add(field.ToString());
                if (fields.Count > MostFields) throw new DatasetException(file, row, $"it has more than {MostFields} fields; get the file again.");
                field.Clear();
                wasQuoted = false;
                if (next == separator) continue;
                if (next == '\r' && reader.Peek() == '\n') reader.Read();
                return [.. fields];
            }
            else field.Append((char)next);
            if (field.Length > MostFieldChars) throw new DatasetException(file, row, $"a field has more than {MostFieldChars} characters; is a quote not closed?");
        }
    }
}
