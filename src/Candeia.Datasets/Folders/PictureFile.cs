using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Reading of picture files for data sets.</summary>
internal static class PictureFile
{
    /// <summary>The picture in a file, 8 bits a sample; null where it cannot be read, with what is wrong.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">What it becomes: <see cref="PixelFormat.Rgb"/> or <see cref="PixelFormat.Gray"/>.</param>
    /// <param name="fault">A sentence that names the file.</param>
    public static Image? TryRead(string file, PixelFormat format, out string? fault)
    {
        fault = null;
        try
        {
            var picture = Image.Load(file).To8Bit();
            return picture.Format == format ? picture : format == PixelFormat.Gray ? picture.ToGray() : picture.ToRgb();
        }
        catch (Exception e) when (e is ImageFormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = e.Message.Contains(file, StringComparison.Ordinal) ? e.Message : $"'{file}': {e.Message}";
            return null;
        }
    }

    /// <summary>The picture in a file, in colours of 8 bits.</summary>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static Image Read(string file) =>
        TryRead(file, PixelFormat.Rgb, out string? fault) ?? throw new DatasetException($"{fault!.TrimEnd('.')}; get the data again.");
}
