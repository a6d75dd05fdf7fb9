using System.Diagnostics;
using Candeia;
using Candeia.Datasets;
using Candeia.Images;

/// <summary>What one picture costs, step by step.</summary>
static class Parts
{
    public static void Run(string folder)
    {
        byte[][] files = [.. Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order().Take(200).Select(File.ReadAllBytes)];
        Image[] images = [.. files.Select(f => Image.Decode(f))];
        Tensor[] bytes = [.. images.Select(i => i.ToTensor(DType.UInt8))];
        var crop = new RandomResizedCrop(224);
        Tensor[] small = [.. bytes.Select((b, i) => crop.Apply(b, new Generator((ulong)i)))], numbers = [.. small.Select(s => new ToDtype(DType.Float32).Apply(s))];
        var samples = new ImageFolder(folder).Map(Reading.Transform);
        (Range Rows, Range Columns)[] windows = [.. images.Select((image, i) => Window(image, new Generator((ulong)i)))];
        Measure("all of it, from the file on", i => samples[i]);
        Measure("decode", i => Image.Decode(files[i]));
        Measure("decode a window", i => Image.Decode(files[i], windows[i].Rows, windows[i].Columns));
        Measure("image to tensor", i => images[i].ToTensor(DType.UInt8));
        Measure("random resized crop", i => crop.Apply(bytes[i], new Generator((ulong)i)));
        Measure("flip", i => new RandomHorizontalFlip(1).Apply(small[i]));
        Measure("to float32", i => new ToDtype(DType.Float32).Apply(small[i]));
        Measure("normalize", i => Normalize.ImageNet.Apply(numbers[i]));
        Measure("stack of 32, a picture's part", i => i % 32 == 0 ? Tensor.Stack([.. Enumerable.Range(0, 32).Select(k => numbers[(i + k) % numbers.Length])]) : null);

        // A part as large as they are on average.
        static (Range, Range) Window(Image image, Generator random)
        {
            int height = (int)(0.73 * image.Height), width = (int)(0.73 * image.Width), top = random.NextInt(image.Height - height), left = random.NextInt(image.Width - width);
            return (top..(top + height), left..(left + width));
        }

        void Measure(string name, Func<int, object?> step)
        {
            double best = double.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                var watch = Stopwatch.StartNew();
                for (int i = 0; i < files.Length; i++)
                {
                    using var scope = Scope.Begin();
                    step(i);
                }
                best = Math.Min(best, watch.Elapsed.TotalMilliseconds / files.Length);
            }
            Console.WriteLine($"{name,-32} {best,7:0.000} ms");
        }
    }
}
