namespace Candeia.Datasets;

/// <summary>Data that cannot be had or cannot be used; the message is one sentence that names the file and the remedy.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>A fault that is not in a row of a file.</summary>
    public DatasetException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>A fault in a row of a table; the header is row 1.</summary>
    public DatasetException(string file, int row, string fault) : base($"'{file}', row {row}: {fault}") => (File, Row) = (file, row);

    /// <summary>The file at fault, where it is a table.</summary>
    public string? File { get; }

    /// <summary>The row at fault, counted from 1 at the header.</summary>
    public int? Row { get; }
}
