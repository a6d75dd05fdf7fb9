// A column of a table, predicted from the others.
//
//     dotnet run                              learns from flats.csv what the rent is
//     dotnet run -- FILE.csv COLUMN           learns from a table of your own

using Candeia;
using Candeia.Datasets;
using Candeia.NN;
using Candeia.Training;

string file = args.Length > 0 ? args[0] : "flats.csv", column = args.Length > 1 ? args[1] : "rent";
Generator.Seed(1);

// Rows to learn from and rows to be judged by. How columns become numbers is learnt from the former alone.
var table = CsvTable.Read(file);
Console.WriteLine(table);
var (train, test) = table.Split(0.85, seed: 1);
var encoder = TableEncoder.Fit(train, column);
bool classes = encoder.Task == TableTask.Classification;

var net = new Sequential(new Linear(encoder.Features.Count, 64), new ReLU(), new Linear(64, classes ? encoder.Classes.Count : 1));
var learner = net.Setup(
    loss: (y, truth) => classes ? y.CrossEntropyLoss(truth) : y.Squeeze(1).MseLoss(truth),
    optimizer: p => new AdamW(p, 3e-3));
if (classes) learner = learner with { Metrics = [new Accuracy()] };
var fitted = learner.Fit(encoder.Dataset(train), epochs: 30, valid: 0.15);

// The result, in the words of the table, on rows that took no part.
var judged = fitted.Evaluate(encoder.Dataset(test));
if (classes) Console.WriteLine($"'{column}' is right in {judged["accuracy"]:P0} of {test.Count} other rows.");
else Console.WriteLine($"'{column}' is off by {Math.Sqrt(judged.Loss) * encoder.TargetDeviation:G3} (root of the mean square) in {test.Count} other rows.");

// The model with its preprocessing and a card about it. Fitted.Load(folder, …, TableEncoder.Load) has it back.
fitted.Save("model", new ModelNotes { Title = $"What is {column}?", Data = $"{table.Count} rows of {Path.GetFileName(file)}", Classes = encoder.Classes, Test = judged, Preprocessing = encoder });
Console.WriteLine("Saved: model/model-card.md tells of it.");
