using System.Globalization;
using System.Text;
using Candeia.Images;
using Microsoft.Win32.SafeHandles;

namespace Candeia.Datasets;

/// <summary>
/// Pictures of Parquet files, where any of them can be had alone: the bytes of all picture files, one after the other, and a list of where each begins and what is known of it. It
/// is made once, beside the Parquet files, for a row group of these can be read as a whole only.
/// </summary>
internal sealed class PictureStore : IDisposable
{
    const long MostListBytes = 1L << 30;
    const string Head = "classes";

    readonly string _path;
    readonly SafeFileHandle _file;
    readonly (long Offset, int Length)[] _places;

    PictureStore(string path, string list)
    {
        _path = path;
        try
        {
            string[] lines = Encoding.UTF8.GetString(OrdinaryFile.ReadAllBytes(list, MostListBytes)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Classes = lines[0].Split('\t') is [Head, .. var names] ? names : throw new FormatException("its list is another file's");
            (_places, Notes) = (new (long, int)[lines.Length - 1], new string[lines.Length - 1]);
            for (int i = 1; i < lines.Length; i++)
            {
                string[] fields = lines[i].Split(' ', 3);
                _places[i - 1] = (long.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
                Notes[i - 1] = fields[2];
            }
            _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
            long length = RandomAccess.GetLength(_file);
            if (_places.Any(p => p.Offset < 0 || p.Length < 0 || p.Offset + p.Length > length)) throw new FormatException("it is shorter than its list says");
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or IndexOutOfRangeException or IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            throw new DatasetException($"'{path}' is damaged ({fault.Message.TrimEnd('.')}); delete it and its list, and it is made anew.", fault);
        }
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What is known of each picture.</summary>
    public string[] Notes { get; }

    /// <summary>Where they are.</summary>
    public string Path => _path;

    /// <summary>Opens a store, and makes it of Parquet files where it is not there.</summary>
    /// <param name="store">Where it is, or is to be.</param>
    /// <param name="files">The Parquet files.</param>
    /// <param name="read">What is known of each picture of a row group; null for one that is left out.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DatasetException">A file cannot be read, or is damaged.</exception>
    public static PictureStore Of(string store, IReadOnlyList<string> files, Func<OpenParquet, int, string?[]> read, CancellationToken cancel = default)
    {
        string list = store + ".list";
        // The list is written last: where it is, the other is whole.
        if (!File.Exists(list))
        {
            string part = store + ".part";
            try
            {
                string lines = Make(part, files, read, cancel);
                File.Move(part, store, overwrite: true);
                WholeFile.Write(list, lines);
            }
            finally
            {
                File.Delete(part);
            }
        }
        return new(store, list);
    }

    /// <summary>Writes the pictures, and gives the list of them.</summary>
    static string Make(string path, IReadOnlyList<string> files, Func<OpenParquet, int, string?[]> read, CancellationToken cancel)
    {
        var lines = new StringBuilder();
        using var stream = File.Create(path);
        foreach (var (i, file) in files.Index())
        {
            using var open = new OpenParquet(file, null);
            if (i == 0) lines.AppendJoin('\t', open.ClassNames().Select(OnOneLine).Prepend(Head)).Append('\n');
            for (int group = 0; group < open.Groups.Count; group++)
            {
                cancel.ThrowIfCancellationRequested();
                if (open.Groups[group] == 0) continue;
                byte[]?[] pictures = open.Pictures(group);
                string?[] notes = read(open, group);
                for (int row = 0; row < pictures.Length; row++)
                {
                    if (notes[row] is not { } note) continue;
                    if (pictures[row] is not { Length: > 0 } bytes) throw new DatasetException($"'{file}' has a row without a picture; get it again.");
                    lines.Append(CultureInfo.InvariantCulture, $"{stream.Position} {bytes.Length} {note}\n");
                    stream.Write(bytes);
                }
            }
        }
        return lines.ToString();
    }

    static string OnOneLine(string name) => name.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    /// <summary>A picture in colours of 8 bits.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public Image Picture(int index)
    {
        var (offset, length) = _places[index];
        try
        {
            byte[] bytes = new byte[length];
            for (int done = 0; done < length;)
            {
                int more = RandomAccess.Read(_file, bytes.AsSpan(done), offset + done);
                done += more > 0 ? more : throw new EndOfStreamException("it ends too early");
            }
            return Image.Decode(bytes).To8Bit().ToRgb();
        }
        catch (Exception fault) when (fault is ImageFormatException or IOException or ObjectDisposedException)
        {
            throw new DatasetException($"Picture {index} in '{_path}' cannot be read ({fault.Message.TrimEnd('.')}); get the data again.", fault);
        }
    }

    public void Dispose() => _file.Dispose();
}
