#:project ../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Pictures of your own
// ====================
//
// A folder with a folder for each class becomes a network that names what is on a picture. The command train-images does the same,
// with a report. Without a folder, shapes are drawn: circles, crosses, rings, squares, stars and triangles.
//
//     dotnet run tutorials/own-pictures.cs [FOLDER]

using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Training;
using Candeia.Vision;

Generator.Seed(1);
SkiaCodecs.Register();                                       // JPEG and others; programs that use the package need no such call

ImageFolder? folder = args.Length > 0 ? new(args[0]) : null;
Dataset<LabelledImage> pictures = folder is null ? new DrawnShapes(600, 40) : folder;
var (train, valid) = pictures.Split(0.8, seed: 1);

var classifier = new ImageClassifier("resnet18", folder?.Classes ?? DrawnShapes.Classes, size: 32);
var fitted = classifier.Network
    .Setup((scores, classes) => scores.CrossEntropyLoss(classes), p => new AdamW(p, 2e-3), new Accuracy())
    .With(new LearningRateSchedule(steps => new OneCycleSchedule(2e-3, steps), Per.Batch))
    .Fit(train.Map(classifier.Augment(0.6)).Loader(32, shuffle: true, workers: 2), epochs: 4, valid.Map(classifier.Preprocess).Loader(32));

Console.WriteLine(fitted);
Console.WriteLine($"it is: {(folder?.Classes ?? DrawnShapes.Classes)[valid[0].Label]}");
foreach (var guess in classifier.Classify(valid[0].Picture).Take(3)) Console.WriteLine($"{guess.Class,10} {guess.Probability:P0}");
classifier.Save("own-pictures");                             // ImageClassifier.Load("own-pictures") has it back
