using Candeia.Datasets;
using Candeia.Images;

/// <summary>Pictures with about as much in them as photographs: shapes on textures, with noise, in the quality that cameras use.</summary>
static class Pictures
{
    const int Width = 500, Height = 375;

    public static void Draw(string folder, int count)
    {
        var shapes = new DrawnShapes(count, Width);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var item = shapes[i];
            string home = Path.Combine(folder, DrawnShapes.Classes[item.Label]);
            Directory.CreateDirectory(home);
            item.Picture.Crop(..Height, ..).Save(Path.Combine(home, $"{i:D6}.jpg"), new JpegCodec(90));
        });
        long bytes = Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        Console.WriteLine($"{count} files of {Width}×{Height}, {bytes / count / 1024.0:0} KiB each");
    }
}
