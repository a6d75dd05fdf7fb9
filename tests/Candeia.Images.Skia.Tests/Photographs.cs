namespace Candeia.Images.Tests;

/// <summary>The files of tests/golden/pictures, and images that suit photographs' formats.</summary>
static class Photographs
{
    public static string Folder { get; } = Find();

    public static string PathOf(string file) => Path.Combine(Folder, file);

    public static Image Smooth(int width, int height, PixelFormat format)
    {
        var image = new Image(width, height, format);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < image.Channels; c++)
                    image.Row(y)[x * image.Channels + c] = (byte)(c == 3 ? 255 - 40 * y / height : c == 1 ? 250 * y / height : 250 * x / width);
        return image;
    }

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "tests", "golden", "pictures"))) return Path.Combine(folder.FullName, "tests", "golden", "pictures");
        throw new DirectoryNotFoundException("tests/golden/pictures is in no folder above the tests.");
    }
}
