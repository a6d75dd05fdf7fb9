using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Candeia.Datasets;

/// <summary>An open Parquet file, of which the footer has been read. Whatever goes wrong in reading it is a fault of the file.</summary>
internal sealed partial class OpenParquet : IDisposable
{
    readonly string _file;
    readonly FileStream _stream;
    readonly ParquetReader _reader;

    /// <exception cref="DatasetException">It cannot be read, is damaged, or lacks a column.</exception>
    public OpenParquet(string file, IReadOnlyCollection<string>? columns)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        _file = file;
        _stream = Opened(file);
        try
        {
            _reader = Try(() => ParquetReader.CreateAsync(_stream, new ParquetOptions { UseDateOnlyTypeForDates = true }, leaveStreamOpen: true).GetAwaiter().GetResult());
            // A name with a dot in its path lies in a structure.
            DataField[] single = Try(() => _reader.Schema.DataFields.Where(f => f.MaxRepetitionLevel == 0 && f.Path.Length == 1 && ParquetCells.Knows(f.ClrType)).ToArray());
            if (columns?.FirstOrDefault(c => !single.Any(f => f.Name == c)) is { } missing)
                throw new DatasetException($"'{file}' has no column '{missing}' of single cells, only {string.Join(", ", single.Take(20).Select(f => f.Name))}; name one of these.");
            Fields = [.. single.Where(f => columns is null || columns.Contains(f.Name))];
            if (Fields.Count == 0) throw new DatasetException($"'{file}' has no column of numbers, dates or words; name another file.");
            Groups = Try(() => Enumerable.Range(0, _reader.RowGroupCount).Select(Rows).ToArray());
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Where it is.</summary>
    public string File => _file;

    /// <summary>The columns that are read.</summary>
    public IReadOnlyList<DataField> Fields { get; }

    /// <summary>The number of rows of each row group.</summary>
    public IReadOnlyList<long> Groups { get; }

    /// <summary>The rows of some groups, one after the other.</summary>
    public DataFrame Table(IEnumerable<int> groups) => Try(() => new DataFrame([.. Fields.Select(f => Column(f, groups))], _file));

    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Dispose();
    }

    DataColumn Column(DataField field, IEnumerable<int> groups)
    {
        var cells = ParquetCells.Of(field);
        foreach (int group in groups)
        {
            if (Groups[group] == 0) continue;
            using var rows = _reader.OpenRowGroupReader(group);
            cells.Add(rows, field, checked((int)Groups[group]));
        }
        return cells.Column(field.Name);
    }

    long Rows(int group)
    {
        using var rows = _reader.OpenRowGroupReader(group);
        return rows.RowCount >= 0 ? rows.RowCount : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"row group {group + 1} has {rows.RowCount} rows"));
    }

    static FileStream Opened(string file)
    {
        try
        {
            return OrdinaryFile.Open(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{file}' cannot be read ({fault.Message.TrimEnd('.')}); name another file.", fault);
        }
    }

    // The reader was not made for hostile files and throws whatever comes of them.
    T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
#pragma warning disable CA1031 // it says what to do, and keeps what it was
        catch (Exception fault) when (fault is not DatasetException)
#pragma warning restore CA1031
        {
            throw new DatasetException($"'{_file}' is no Parquet file, or is damaged ({fault.Message.Split('\n')[0].Trim().TrimEnd('.')}); get it again.", fault);
        }
    }
}
