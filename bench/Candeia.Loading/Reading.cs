using System.Diagnostics;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;

/// <summary>Epochs over a folder: a window of random size, mirrored now and then, as numbers that a network takes, in batches of 32.</summary>
static class Reading
{
    public static Transform Transform { get; } = new RandomResizedCrop(224).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet);

    public static void Run(string folder, int epochs, int workers)
    {
        var loader = new ImageFolder(folder).Map(Transform).Loader(32, shuffle: true, workers: workers);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            var watch = Stopwatch.StartNew();
            double sum = 0;
            int pictures = 0;
            foreach (var batch in loader)
            {
                pictures += batch.Size;
                sum += (float)batch.X[0, 0, 112, 112];
            }
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"epoch {epoch}: {pictures / watch.Elapsed.TotalSeconds:0} pictures/s, {process.WorkingSet64 >> 20} MiB resident, {GC.GetTotalMemory(false) >> 20} MiB managed ({sum:0.0})");
        }
    }
}
