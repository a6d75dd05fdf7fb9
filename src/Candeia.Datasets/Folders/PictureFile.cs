using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Reading of picture files for data sets.</summary>
internal static class PictureFile
{
    /// <summary>The picture in a file, 8 bits a sample; null where it cannot be read, with what is wrong.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">What it becomes: <see cref="PixelFormat.Rgb"/> or <see cref="PixelFormat.Gray"/>.</param>
    /// <param name="fault">A sentence that names the file.</param>
    /// <param name="choose">Which part of a picture of so many rows and columns is wanted; all of it, if nobody asks or it gives null.</param>
    public static Image? TryRead(string file, PixelFormat format, out string? fault, Func<int, int, Window?>? choose = null)
    {
        fault = null;
        try
        {
            var picture = (choose is null ? Image.Load(file) : Part(OrdinaryFile.ReadAllBytes(file, Image.MostFileBytes), choose)).To8Bit();
            return picture.Format == format ? picture : format == PixelFormat.Gray ? picture.ToGray() : picture.ToRgb();
        }
        catch (Exception e) when (e is ImageFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = e.Message.Contains(file, StringComparison.Ordinal) ? e.Message : $"'{file}': {e.Message}";
            return null;
        }
    }

    static Image Part(byte[] file, Func<int, int, Window?> choose)
    {
        var info = Image.Identify(file);
        return choose(info.Height, info.Width) is { } part ? Image.Decode(file, part.Top..(part.Top + part.Height), part.Left..(part.Left + part.Width)) : Image.Decode(file);
    }

    /// <summary>The picture in a file, or a part of it, in colours of 8 bits.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static Image Read(string file, Func<int, int, Window?>? choose = null) =>
        TryRead(file, PixelFormat.Rgb, out string? fault, choose) ?? throw new DatasetException($"{fault!.TrimEnd('.')}; get the data again.");
}
