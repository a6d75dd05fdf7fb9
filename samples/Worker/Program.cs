// A background service that answers every table that is put into a folder: inbox/new.csv becomes outbox/new.csv with a column more.
//
//     dotnet run --project samples/Worker
//
// The model is what dotnet new candeia-table makes, or any that Fitted.Save wrote with a TableEncoder; here one is trained at first.

using Candeia;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(_ => Rents.LoadOrTrain("rents")).AddHostedService<Inbox>();
builder.Build().Run();

/// <summary>Looks into the folder every second.</summary>
sealed class Inbox(SavedModel<Sequential, DataFrame> model, ILogger<Inbox> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Directory.CreateDirectory("inbox");
        Directory.CreateDirectory("outbox");
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (string file in Directory.GetFiles("inbox", "*.csv")) Answer(file);
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
        }
    }

    void Answer(string file)
    {
        try
        {
            double[] rents = model.Predict(CsvTable.Read(file)).ToArray<double>();
            using var text = new StringWriter();
            CsvTable.Append(file, [new DataColumn("rent", ColumnKind.Number, [.. rents.Select(r => Math.Round(r))])], text);
            File.WriteAllText(Path.Combine("outbox", Path.GetFileName(file)), text.ToString());
            log.LogInformation("{File}: {Rows} rows answered", file, rents.Length);
        }
        catch (DatasetException fault)                                     // it says what is wrong with the table
        {
            log.LogWarning("{Message}", fault.Message);
        }
        File.Delete(file);
    }
}

/// <summary>What flats cost, learnt from rows that are drawn.</summary>
static class Rents
{
    public static SavedModel<Sequential, DataFrame> LoadOrTrain(string folder)
    {
        if (!Directory.Exists(folder)) Train(folder);
        return Fitted.Load(folder, () => Network(4), TableEncoder.Load);
    }

    static Sequential Network(int features) => new(new Linear(features, 32), new ReLU(), new Linear(32, 1));

    static void Train(string folder)
    {
        var random = new Random(1);
        var flats = DataFrame.Of(Enumerable.Range(0, 500).Select(_ => (Area: 20 + 100 * random.NextDouble(), Hill: random.Next(2) == 1))
            .Select(f => new { area = f.Area, quarter = f.Hill ? "hill" : "harbour", rent = f.Area * (f.Hill ? 14 : 11) }));
        var encoder = TableEncoder.Fit(flats, "rent");
        Network(encoder.Features.Count).Setup((y, rent) => y.Squeeze(1).MseLoss(rent), p => new AdamW(p, 3e-3)).Quiet()
            .Fit(encoder.Dataset(flats), epochs: 30)
            .Save(folder, new ModelNotes { Title = "What is the rent?", Data = "500 flats, drawn", Licence = "MIT", Preprocessing = encoder });
    }
}
