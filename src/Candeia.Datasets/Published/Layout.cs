using System.Globalization;

namespace Candeia.Datasets;

/// <summary>Reading the lists that lie beside the pictures of published data sets.</summary>
internal static class Layout
{
    const long MostListBytes = 1L << 28;

    /// <summary>The lines of a list that hold something.</summary>
    /// <exception cref="DatasetException">It is not there, or no text.</exception>
    public static string[] Lines(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path)) throw new DatasetException($"'{path}' is not there; unpack the data set into '{folder}', or let it be downloaded.");
        return [.. Utf8.Read(path, MostListBytes).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0)];
    }

    /// <summary>The fields of each line of a list, at least so many, with the number of the line.</summary>
    /// <exception cref="DatasetException">It is not there, or a line has fewer.</exception>
    public static IEnumerable<(int Row, string[] Fields)> Fields(string folder, string file, int least, params char[] separators)
    {
        foreach (var (i, line) in Lines(folder, file).Index())
        {
            string[] fields = line.Split(separators.Length > 0 ? separators : [' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (fields.Length < least) throw new DatasetException(Path.Combine(folder, file), i + 1, $"it has {fields.Length} fields, not {least}; get the data again.");
            yield return (i + 1, fields);
        }
    }

    /// <summary>A whole number in a list.</summary>
    /// <exception cref="DatasetException">The field holds none, or one out of the range.</exception>
    public static int Whole(string path, int row, string field, int least, int most) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
            : throw new DatasetException(path, row, $"'{(field.Length <= 40 ? field : field[..40] + "…")}' is no number from {least} to {most}; get the data again.");

    /// <summary>The path of a file that a list names; the list cannot lead out of the folder.</summary>
    /// <exception cref="DatasetException">It would.</exception>
    public static string Inside(string folder, string name)
    {
        string root = Path.GetFullPath(folder), path = Path.GetFullPath(Path.Combine(root, name.TrimStart('/')));
        return path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path
            : throw new DatasetException($"'{name}' would lie outside of '{folder}'; a list there is not the one it should be, get the data again.");
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="DatasetException">It cannot be read, or has more.</exception>
    public static byte[] Bytes(string path, long most = int.MaxValue)
    {
        try
        {
            return OrdinaryFile.ReadAllBytes(path, most);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}); unpack the data set there, or let it be downloaded.", fault);
        }
    }

    /// <summary>A file somewhere below a folder, in one of a certain name.</summary>
    /// <exception cref="DatasetException">There is none.</exception>
    public static string Find(string folder, string file, string within) =>
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, file, SearchOption.AllDirectories) : []).Order(StringComparer.Ordinal).FirstOrDefault(f => Path.GetFileName(Path.GetDirectoryName(f)) == within)
            ?? throw new DatasetException($"'{Path.Combine(folder, within, file)}' is not there, nor deeper; unpack the data set into '{folder}', or let it be downloaded.");

    /// <summary>The files of a folder with an ending, in the order of their names.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static string[] Files(string folder, params string[] endings)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Where(f => endings.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{folder}' cannot be read ({fault.Message.TrimEnd('.')}); unpack the data set there, or let it be downloaded.", fault);
        }
    }
}
